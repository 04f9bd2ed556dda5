"""One module for each generator. A new one is a file here and a line below, before those it could be mistaken for."""

from feeds.loader.convention import Convention
from feeds.loader.conventions.hexo import Hexo
from feeds.loader.conventions.hugo import Hugo
from feeds.loader.conventions.jekyll import Jekyll
from feeds.loader.conventions.plain import Plain
from feeds.loader.conventions.zola import Zola

CONVENTIONS: tuple[Convention, ...] = (
    Zola(),
    Hugo(),
    Hexo(),
    Jekyll(),
)
PLAIN = Plain()
