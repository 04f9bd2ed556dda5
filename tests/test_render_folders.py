from feeds.render.folders import Folders


def test_a_file_is_there_in_a_folder_that_is(tmp_path):
    (tmp_path / "static/img").mkdir(parents=True)
    (tmp_path / "static/img/a.png").write_bytes(b"x")
    folders = Folders(tmp_path)
    assert folders.hold("static/img/a.png")
    assert not folders.hold("static/img/b.png")
    assert not folders.hold("public/img/a.png")
    assert not folders.hold("static/img")
    assert not folders.hold("static/img/a.png/b.png")
    assert not folders.hold("a\0/b.png")


def test_a_folder_that_is_not_there_is_told_by_the_nearest_above_it_that_is(tmp_path):
    (tmp_path / "static").mkdir()
    folders = Folders(tmp_path)
    assert folders.find_nearest(f"{tmp_path}/static") == f"{tmp_path}/static"
    assert folders.find_nearest(f"{tmp_path}/static/img/2026") == f"{tmp_path}/static"
    assert folders.find_nearest(f"{tmp_path}/public/img") == str(tmp_path)
