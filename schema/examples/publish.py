"""Publishes a project: shows the question and what would become visible, and with --confirm publishes exactly that.

    STEMGRAPH_TOKEN=stemgraph_… python3 schema/examples/publish.py <project id> [--confirm]

Needs Python 3.8 or later and nothing else.
"""

import argparse
import json
import os
import sys
import urllib.error
import urllib.request

ADDRESS = os.environ.get("STEMGRAPH_URL", "http://127.0.0.1:4000")
COUNTS = "subjects procedures sessions epochs modules logs collections cohorts sharedSubjects sharedSessions"
MUTATION = """mutation ($id: ID!, $confirm: Boolean!, $ifImpact: String) {
  publishProject(id: $id, confirm: $confirm, ifImpact: $ifImpact) {
    message
    impact { %s digest stillHidden { type name references paths } }
  }
}""" % COUNTS


def publish(project_id, if_impact=None):
    """Without `if_impact` this only looks; with it, it publishes what was looked at, or fails where that has changed."""
    variables = {"id": project_id, "confirm": if_impact is not None, "ifImpact": if_impact}
    request = urllib.request.Request(
        ADDRESS + "/graphql",
        data=json.dumps({"query": MUTATION, "variables": variables}).encode(),
        headers={"Content-Type": "application/json", "Authorization": "Bearer " + os.environ.get("STEMGRAPH_TOKEN", "")},
    )
    try:
        with urllib.request.urlopen(request) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as refusal:
        answer = json.load(refusal)
    if answer.get("errors"):
        sys.exit(answer["errors"][0]["message"])
    return answer["data"]["publishProject"]


def tell(publication):
    impact = publication["impact"]
    print(publication["message"])
    for name in COUNTS.split():
        print(f"  {name}: {impact[name]}")
    for hidden in impact["stillHidden"]:
        name = hidden["name"] or "not shared with you"
        paths = ", ".join(hidden["paths"])
        print(f"  still null: {name} ({hidden['type']}), {hidden['references']} times in {paths}")


def main():
    parser = argparse.ArgumentParser(description="Publish a project.")
    parser.add_argument("project", help="the id of the project")
    parser.add_argument("--confirm", action="store_true", help="publish what is shown, instead of only showing it")
    arguments = parser.parse_args()
    look = publish(arguments.project)
    tell(look)
    if arguments.confirm:
        print(publish(arguments.project, look["impact"]["digest"])["message"])


main()
