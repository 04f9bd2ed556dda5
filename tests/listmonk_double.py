"""listmonk 6.2 as far as this program talks to it: answers as the real server was seen to give them.

What is told of it: a duplicate archive_slug is a 500 that names the constraint; GET /campaigns reads `tag`, not `tags`,
and shows 20 unless it is asked for all; an unknown list is answered 200 and left out; a campaign starts once; a moment
in the past is a 400; a running or finished campaign cannot be changed; what a PUT does not name stays as it was; a test
goes to subscribers alone; a template that listmonk cannot compile is a 400.
"""

import copy
import json
import re
from datetime import UTC, datetime

from http_double import HttpDouble

TOKEN = "token feeds:s3cret"
LISTS = {1: "Weekly", 2: "Monthly"}
FIELDS = frozenset(
    {"name", "subject", "lists", "from_email", "type", "content_type", "messenger", "body", "altbody", "send_at"}
    | {"tags", "headers", "archive", "archive_slug", "template_id"}
)
STARTS_FROM = {"running": {"draft", "paused"}, "scheduled": {"draft", "paused"}, "draft": {"scheduled"}}
EMPTY = {"send_at": None, "altbody": None, "archive_slug": None, "template_id": None, "headers": [], "tags": []}


class Listmonk(HttpDouble):
    def __init__(self, faults=None, *, readers=3, at_once=False, subscribers=()):
        super().__init__(faults)
        self.campaigns = {}
        self.templates = {
            1: {"id": 1, "name": "Default", "type": "campaign", "body": '<p>{{ template "content" . }}</p>'}
        }
        self.readers = readers
        self.at_once = at_once
        self.subscribers = set(subscribers)
        self.made = 0
        self.starts = []
        self.tests = []

    def finish(self, *, sent=None):
        """Let every running campaign come to its end."""
        for campaign in self.campaigns.values():
            if campaign["status"] == "running":
                campaign |= {"status": "finished", "sent": campaign["to_send"] if sent is None else sent}

    def come(self):
        """Let the moment come that scheduled campaigns wait for."""
        for campaign in self.campaigns.values():
            if campaign["status"] == "scheduled":
                self.begin(campaign)

    def begin(self, campaign):
        self.starts.append(campaign["id"])
        campaign |= {"status": "running", "to_send": self.readers if campaign["lists"] else 0}
        if self.at_once:
            self.finish()

    def route(self, method, path, query, body, headers):
        if headers["Authorization"] != TOKEN:
            return 403, {"message": f"invalid API credentials {headers['Authorization']}"}
        found = re.fullmatch(r"/api/(campaigns|templates)(?:/(\d+))?(?:/(status|test))?", path)
        assert found, path
        kind, number, action = found[1], found[2] and int(found[2]), found[3]
        if kind == "templates":
            return self.templates_route(method, body)
        if number is None:
            return self.create(body) if method == "POST" else self.list_campaigns(query)
        if number not in self.campaigns:
            return 400, {"message": "Campaign not found"}
        return self.campaign_route(method, self.campaigns[number], action, body)

    def list_campaigns(self, query):
        wanted = set(query.get("tag", []))
        shown = [self.show(one) | {"body": ""} for one in self.campaigns.values() if wanted <= set(one["tags"])][::-1]
        if query.get("per_page") != ["all"]:
            shown = shown[:20]
        return 200, {"data": {"results": shown, "total": len(shown), "per_page": 20, "page": 1}}

    def campaign_route(self, method, campaign, action, body):
        if action == "status":
            return self.change_status(campaign, body["status"])
        if action == "test":
            return self.test(campaign, body)
        if method == "DELETE":
            del self.campaigns[campaign["id"]]
            return 200, {"data": True}
        if method == "PUT":
            if campaign["status"] not in {"draft", "paused", "scheduled"}:
                return 400, {"message": "Cannot update a running or a finished campaign."}
            if refusal := self.check({"send_at": campaign["send_at"]} | body, campaign):
                return refusal
            campaign |= self.accept(body)
        return 200, {"data": self.show(campaign)}

    def create(self, body):
        if refusal := self.check(body):
            return refusal
        self.made += 1
        new = {"id": self.made, "status": "draft", "sent": 0, "to_send": 0, **EMPTY}
        self.campaigns[self.made] = new | self.accept(body)
        return 200, {"data": self.show(self.campaigns[self.made])}

    def check(self, body, campaign=None):
        """What listmonk says of a campaign that it does not take."""
        assert set(body) <= FIELDS, set(body) - FIELDS
        past = body.get("send_at") and datetime.fromisoformat(body["send_at"]) < datetime.now(UTC)
        refusals = {
            "Invalid `from_email`.": not re.search(r"((.+?)\s)?<(.+?)@(.+?)>|^[^<>]+@[^<>]+$", body["from_email"]),
            "Invalid length for name.": not 1 <= len(body["name"].encode()) <= 2000,
            "Invalid length for subject.": not 1 <= len(body["subject"].encode()) <= 5000,
            "Scheduled date should be in the future.": past,
            "Invalid list IDs.": not body["lists"],
            "Error compiling campaign body": not all(map(compiles, (body["subject"], body["body"], body["altbody"]))),
        }
        if said := next((said for said, is_so in refusals.items() if is_so), None):
            return 400, {"message": said}
        others = (one for one in self.campaigns.values() if one is not campaign)
        if any(one["archive_slug"] == body["archive_slug"] for one in others):
            said = (
                "Error creating campaign: pq: duplicate key value violates unique constraint "
                f'"campaigns_archive_slug_key". Key (archive_slug)=({body["archive_slug"]}) already exists.'
            )
            return 500, {"message": said}
        return None

    def accept(self, body):
        taken = copy.deepcopy(body)
        return taken | {"lists": [number for number in body["lists"] if number in LISTS]}

    def show(self, campaign):
        lists = [{"id": number, "name": LISTS.get(number, "deleted")} for number in campaign["lists"]]
        return copy.deepcopy(campaign) | {"lists": lists}

    def change_status(self, campaign, status):
        if campaign["status"] not in STARTS_FROM.get(status, {"running", "paused"}):
            return 400, {"message": "Only paused campaigns and drafts can be started."}
        if status == "scheduled" and not campaign["send_at"]:
            return 400, {"message": "Campaign needs a date to be scheduled."}
        if status == "running" and not campaign["send_at"]:
            self.begin(campaign)
        else:
            campaign["status"] = "scheduled" if status == "running" else status
        return 200, {"data": self.show(campaign)}

    def test(self, campaign, body):
        known = self.subscribers & {address.lower() for address in body["subscribers"]}
        if refusal := self.check({name: value for name, value in body.items() if name != "subscribers"}, campaign):
            return refusal
        if not known:
            return 400, {"message": "No known subscribers to test."}
        self.tests += [(address, render_go(body["subject"]), campaign["template_id"]) for address in sorted(known)]
        return 200, {"data": True}

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


def compiles(template):
    """Whether Go can make something of it."""
    try:
        render_go(template)
    except AssertionError:
        return False
    return True
