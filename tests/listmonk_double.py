"""listmonk 6.2 as far as this program talks to it: answers as the real server was seen to give them.

What is told of it: a duplicate archive_slug is a 500 that names the constraint; GET /campaigns reads `tag`, not `tags`;
an unknown list is answered 200 and left out; a campaign starts once; only drafts may be changed.
"""

import copy
import json
import re

from http_double import HttpDouble

TOKEN = "token feeds:s3cret"
LISTS = {1: "Weekly", 2: "Monthly"}


class Listmonk(HttpDouble):
    def __init__(self, faults=None, *, readers=3, at_once=False):
        super().__init__(faults)
        self.campaigns = {}
        self.templates = {
            1: {"id": 1, "name": "Default", "type": "campaign", "body": '<p>{{ template "content" . }}</p>'}
        }
        self.readers = readers
        self.at_once = at_once
        self.starts = []

    def finish(self, *, sent=None):
        """Let every running campaign come to its end."""
        for campaign in self.campaigns.values():
            if campaign["status"] == "running":
                campaign |= {"status": "finished", "sent": self.readers if sent is None else sent}

    def route(self, method, path, query, body, headers):
        if headers["Authorization"] != TOKEN:
            return 403, {"message": "invalid API credentials"}
        found = re.fullmatch(r"/api/(campaigns|templates)(?:/(\d+))?(?:/(status))?", path)
        assert found, path
        kind, number, status = found[1], found[2] and int(found[2]), found[3]
        if kind == "templates":
            return self.templates_route(method, body)
        if number is None:
            return self.create(body) if method == "POST" else self.list_campaigns(query)
        return self.campaign_route(method, self.campaigns[number], status, body)

    def list_campaigns(self, query):
        wanted = set(query.get("tag", []))
        shown = [self.show(one) | {"body": ""} for one in self.campaigns.values() if wanted <= set(one["tags"])]
        return 200, {"data": {"results": shown[::-1], "total": len(shown), "per_page": 20, "page": 1}}

    def campaign_route(self, method, campaign, status, body):
        if status:
            return self.change_status(campaign, body["status"])
        if method == "PUT":
            if campaign["status"] != "draft":
                return 400, {"message": "Can't update a running or a finished campaign."}
            campaign |= self.accept(body)
        return 200, {"data": self.show(campaign)}

    def create(self, body):
        if not body["lists"]:
            return 400, {"message": "Invalid list IDs."}
        if "{{ range }}" in body["body"]:
            return 400, {"message": "Error compiling campaign body: missing value for range"}
        if any(one["archive_slug"] == body["archive_slug"] for one in self.campaigns.values()):
            said = (
                'Error creating campaign: duplicate key value violates unique constraint "campaigns_archive_slug_key"'
            )
            return 500, {"message": said}
        number = len(self.campaigns) + 1
        self.campaigns[number] = {"id": number, "status": "draft", "sent": 0, "to_send": 0} | self.accept(body)
        return 200, {"data": self.show(self.campaigns[number])}

    def accept(self, body):
        known = {key: value for key, value in copy.deepcopy(body).items() if key != "status"}
        known["lists"] = [number for number in body["lists"] if number in LISTS]
        return known

    def show(self, campaign):
        lists = [{"id": number, "name": LISTS[number]} for number in campaign["lists"]]
        return copy.deepcopy(campaign) | {"lists": lists}

    def change_status(self, campaign, status):
        if status == "running":
            if campaign["status"] not in {"draft", "paused"}:
                return 400, {"message": "Only paused campaigns and drafts can be started."}
            self.starts.append(campaign["id"])
            campaign |= {"status": "running", "to_send": self.readers if campaign["lists"] else 0}
            if self.at_once:
                self.finish()
        else:
            campaign["status"] = status
        return 200, {"data": self.show(campaign)}

    def templates_route(self, method, body):
        if method == "POST":
            number = len(self.templates) + 1
            self.templates[number] = {"id": number} | body
            return 200, {"data": self.templates[number]}
        return 200, {"data": list(self.templates.values())}


TAG = re.compile(r'\{\{ (?:Safe )?("(?:[^"\\]|\\.)*") \}\}|\{\{ (\w+) \}\}')


def render_go(template):
    """What Go makes of the tags that this program writes; any other tag fails, as a stranger's would."""

    def replace(found):
        return json.loads(found[1]) if found[1] else f"https://listmonk.test/{found[2]}"

    rest = TAG.sub("", template)
    assert "{{" not in rest, rest[max(0, rest.index("{{") - 30) :][:80]
    assert not re.search(r"https?://\S*@TrackLink", template)
    return TAG.sub(replace, template)
