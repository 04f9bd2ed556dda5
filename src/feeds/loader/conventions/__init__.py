"""One module for each generator. A new one is a file, and a line before what it could be mistaken for."""

from feeds.loader.convention import Convention
from feeds.loader.conventions.astro import Astro
from feeds.loader.conventions.docusaurus import Docusaurus
from feeds.loader.conventions.eleventy import Eleventy
from feeds.loader.conventions.frameworks import Frameworks
from feeds.loader.conventions.gatsby import Gatsby
from feeds.loader.conventions.hexo import Hexo
from feeds.loader.conventions.hugo import Hugo
from feeds.loader.conventions.jekyll import Jekyll
from feeds.loader.conventions.mkdocs import MkDocs
from feeds.loader.conventions.nextjs import NextJs
from feeds.loader.conventions.nikola import Nikola
from feeds.loader.conventions.obsidian import Obsidian
from feeds.loader.conventions.pelican import Pelican
from feeds.loader.conventions.plain import Plain
from feeds.loader.conventions.quartz import Quartz
from feeds.loader.conventions.zola import Zola

CONVENTIONS: tuple[Convention, ...] = (
    Docusaurus(),
    Eleventy(),
    Astro(),
    Gatsby(),
    Quartz(),
    NextJs(),
    Frameworks(),
    Hexo(),
    Jekyll(),
    Zola(),
    Hugo(),
    MkDocs(),
    Nikola(),
    Pelican(),
    Obsidian(),
)
PLAIN = Plain()
