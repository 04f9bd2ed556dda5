import pytest

from feeds.config import Findings, read_settings, resolve_config
from feeds.errors import ConfigError
from feeds.models import Person


def read(root, text="", *, environment=None, options=()):
    if text:
        (root / "feeds.toml").write_text(text, "utf-8")
    return read_settings(root, environment=environment or {}, options=options)


def resolve(root, text="", **more):
    findings = more.pop("findings", Findings())
    settings, origins = read(root, text, **more)
    return resolve_config(root=root, settings=settings, origins=origins, findings=findings)


def test_no_file_at_all_is_a_configuration(tmp_path):
    config = resolve(tmp_path)
    assert config.site.url is None
    assert config.site.timezone == "UTC"
    assert config.output == tmp_path / "public"


def test_an_option_wins_over_the_environment_and_that_over_the_file(tmp_path):
    text = '[site]\ntitle = "file"\ndescription = "file"\nlanguage = "de"\n'
    environment = {"FEEDS_SITE__TITLE": "environment", "FEEDS_SITE__DESCRIPTION": "environment"}
    site = resolve(tmp_path, text, environment=environment, options=["site.title=option"]).site
    assert (site.title, site.description, site.language) == ("option", "environment", "de")


def test_a_foreign_variable_with_our_prefix_is_left_alone(tmp_path):
    assert resolve(tmp_path, environment={"FEEDS_CHAOS": "2000", "FEEDS_OTHER__KEY": "x"})


def test_settings_win_over_findings_and_each_value_knows_its_origin(tmp_path):
    findings = Findings(
        convention="jekyll",
        site={"title": "Found", "url": "http://found.example"},
        origins={"site.title": "_config.yml:1", "site.url": "_config.yml:2"},
    )
    config = resolve(tmp_path, '[site]\ntitle = "Said"\n', findings=findings)
    assert (config.site.title, config.site.url) == ("Said", "http://found.example/")
    assert config.origins["site.title"] == "feeds.toml"
    assert config.origins["site.url"] == "_config.yml:2"


def test_pyproject_is_read_where_there_is_no_feeds_toml(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.feeds.site]\ntitle = "Here"\n', "utf-8")
    assert resolve(tmp_path).site.title == "Here"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[site]\ntitel = "x"\n', "feeds.toml:2: site.titel: is not a setting; did you mean `title`?"),
        ("[feeds]\n\nlimit = 0\n", "feeds.toml:3: feeds.limit: input should be greater than or equal to 1, not 0"),
        (
            '[transports.list]\nkind = "smtp"\nhots = "x"\nto = "a@b.example"\n',
            "feeds.toml:3: transports.list.hots: is not a setting; did you mean `host`?",
        ),
        (
            '[newsletters.weekly]\nsubjekt = "x"\n',
            "feeds.toml:2: newsletters.weekly.subjekt: is not a setting; did you",
        ),
        ('[newsletters.weekly]\ntransport = "pigeon"\n', "names 'pigeon', which [transports] does not have"),
        ("[site\n", "feeds.toml:1: is not TOML"),
        ("[site]\ntitle =", "feeds.toml:2: is not TOML: Invalid value"),
        ('[site]\ntitle = "x"\n[feeds]\nformats = ["rss",\n"atom",\n\n', "feeds.toml:5: is not TOML: Invalid value"),
        ('[site]\nurl = "nowhere"\n', "site.url: is no address of a site"),
        ('[site]\ntimezone = "Mars/Olympus"\n', "site.timezone: is no time zone: 'Mars/Olympus'"),
        ('[[feeds.custom]]\nname = "a"\n[[feeds.custom]]\nname = "A"\n', "two feeds are called 'a'"),
    ],
)
def test_a_mistake_is_one_line_with_its_place_and_what_to_do(tmp_path, text, expected):
    with pytest.raises(ConfigError) as caught:
        resolve(tmp_path, text.replace('"nowhere"', '"ftp://x.example"'))
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_mistake_in_a_part_of_a_value_is_laid_where_the_value_was_given(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, "[feeds]\nlimit = 5\n", options=['feeds.formats=["rss", "xml"]'])
    assert str(caught.value).startswith("--set: feeds.formats.1: input should be 'rss', 'atom' or 'json'")


def test_an_option_without_a_value_says_how_to_write_it(tmp_path):
    with pytest.raises(ConfigError, match="KEY=VALUE"):
        read(tmp_path, options=["site.url"])


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://Blog.Example.ORG", "https://blog.example.org/"),
        ("HTTPS://blog.example:443/A", "https://blog.example/A/"),
        ("http://blog.example:8080/", "http://blog.example:8080/"),
        ("https://bücher.example/über uns", "https://xn--bcher-kva.example/%C3%BCber%20uns/"),
        ("http://[::1]:4000", "http://[::1]:4000/"),
    ],
)
def test_the_sites_address_is_written_as_readers_compare_it(tmp_path, written, url):
    assert resolve(tmp_path, options=[f"site.url={written}"]).site.url == url


@pytest.mark.parametrize(
    "written", ["https://", "ftp://blog.example", "https://blog.example:port", f"https://{'x' * 70}.example"]
)
def test_what_is_no_address_of_a_site_is_one_clear_error(tmp_path, written):
    with pytest.raises(ConfigError, match=r"site\.url: is no address of a site"):
        resolve(tmp_path, options=[f"site.url={written}"])


def test_an_address_is_completed_and_cleaned(tmp_path):
    assert resolve(tmp_path, options=["site.url=example.org/blog"]).site.url == "https://example.org/blog/"


@pytest.mark.parametrize("url", ["http://localhost:4000", "http://127.0.0.1", "http://[::1]/", "http://blog.localhost"])
def test_ids_are_not_remembered_from_a_loopback_address(tmp_path, url):
    config = resolve(tmp_path, f'[site]\nurl = "{url}"\n')
    assert not config.stable_url


def test_ids_are_remembered_from_a_file_but_not_from_an_option_or_the_environment(tmp_path):
    text = '[site]\nurl = "https://example.org"\n'
    assert resolve(tmp_path, text).stable_url
    assert not resolve(tmp_path, text, options=["site.url=https://example.net"]).stable_url
    assert not resolve(tmp_path, text, environment={"FEEDS_SITE__URL": "https://example.net"}).stable_url


def test_a_list_and_a_name_are_short_for_any(tmp_path):
    text = '[[feeds.custom]]\nname = "a"\ntags = "x"\nauthors = ["y", "z"]\ncategories = { not = ["w"] }\n'
    (custom,) = read(tmp_path, text)[0].feeds.custom
    assert (custom.tags.any_, custom.authors.any_, custom.categories.not_) == (("x",), ("y", "z"), ("w",))


def test_the_authors_of_settings_and_findings_are_one_directory(tmp_path):
    findings = Findings(authors={"ada": Person(name="A. L."), "bob": Person(name="Bob")})
    text = '[site]\nauthor = "ada"\n[authors.ada]\nname = "Ada Lovelace"\n'
    config = resolve(tmp_path, text, findings=findings)
    assert {key: person.name for key, person in config.authors.items()} == {"ada": "Ada Lovelace", "bob": "Bob"}
    assert config.site.authors[0].name == "Ada Lovelace"
