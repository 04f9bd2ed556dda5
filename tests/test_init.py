import feeds


def test_no_python_name_is_promised_to_anybody():
    assert feeds.__all__ == []
