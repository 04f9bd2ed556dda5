"""Buttondown's API as far as this program talks to it, by its OpenAPI document and its docs.

POST /emails sends unless the status is `draft`; a repeat under one X-Idempotency-Key is `email_duplicate`; filters name
tags by number.
"""

import re
from datetime import UTC, datetime

from http_double import HttpDouble

TAGS = [{"id": "tag_1", "name": "weekly"}, {"id": "tag_2", "name": "monthly"}]


# Of each request, what its schema allows and this program sends; the schemas allow nothing that they do not name.
FIELDS = {
    "POST": {"subject", "body", "template", "status", "metadata", "filters"},
    "PATCH": {"status", "publish_date"},
    "send-draft": {"recipients"},
}
STATUSES = {"draft", "about_to_send", "scheduled"}
FILTER = {"field", "operator", "value"}


def check_fields(request, body):
    assert set(body) <= FIELDS[request], set(body) - FIELDS[request]
    assert body.get("status", "draft") in STATUSES
    if "filters" in body:
        assert set(body["filters"]) == {"filters", "groups", "predicate"}
        assert all(set(one) == FILTER for one in body["filters"]["filters"])
    assert len(body.get("subject", "")) <= 2000


class Buttondown(HttpDouble):
    def __init__(self, faults=None):
        super().__init__(faults)
        self.emails = {}
        self.keys = set()
        self.sent = []
        self.tests = []
        self.made = 0

    def route(self, method, path, query, body, headers):
        if headers["Authorization"] != "Token s3cret":
            return 401, {"detail": "Invalid token."}
        if path == "/v1/tags":
            return 200, self.page(TAGS, query)
        if path == "/v1/emails":
            return self.create(body, headers) if method == "POST" else (200, self.page([*self.emails.values()], query))
        number, action = re.fullmatch(r"/v1/emails/(em_\d+)(/send-draft)?", path).groups()
        return self.email_route(method, self.emails[number], action, body)

    def email_route(self, method, email, action, body):
        if action:
            check_fields("send-draft", body)
            self.tests += [(address, email["subject"]) for address in body["recipients"]]
            return 200, ""
        if method == "DELETE":
            del self.emails[email["id"]]
            return 204, ""
        if method == "PATCH":
            check_fields("PATCH", body)
            if body["status"] == "scheduled" and datetime.fromisoformat(body["publish_date"]) < datetime.now(UTC):
                return 400, {"detail": "The date is in the past."}
            email |= {name: value for name, value in body.items() if name != "status"}
            self.change(email, body["status"])
        return 200, email

    def page(self, items, query):
        number = int(query.get("page", ["1"])[0])
        more = f"{self.url}/?page={number + 1}" if number < len(items) else None
        return {"results": items[number - 1 : number], "count": len(items), "next": more}

    def create(self, body, headers):
        check_fields("POST", body)
        assert len(headers["X-Idempotency-Key"]) <= 200
        key = headers["X-Idempotency-Key"]
        if key in self.keys:
            return 400, {"code": "email_duplicate", "detail": "An email like this one exists."}
        self.keys.add(key)
        self.made += 1
        email = {"id": f"em_{self.made}", "filters": {"filters": [], "groups": [], "predicate": "and"}}
        email |= body | {"status": "draft"}
        self.emails[email["id"]] = email
        self.change(email, body.get("status", "about_to_send"))
        return 201, email

    def change(self, email, status):
        if status == "about_to_send" and email["status"] == "draft":
            self.sent.append(email["id"])
        email["status"] = status
