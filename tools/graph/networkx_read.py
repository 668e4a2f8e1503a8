"""Prints as JSON what NetworkX reads in a file of GraphML or GEXF."""
import json
import sys

import networkx

kind, path = sys.argv[1:]
graph = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[kind](path)

nodes = []
for name, data in graph.nodes(data=True):
    place = data.pop("viz", {}).get("position", data)
    fields = {key: data.get(key, 0) for key in ("label", "kind", "year", "degree", "rank", "community")}
    nodes.append({"id": name, "x": place["x"], "y": place["y"], **fields})

edges = []
if graph.is_multigraph():
    listed = ((source, target, key, data) for source, target, key, data in graph.edges(keys=True, data=True))
else:
    listed = ((source, target, data.get("id"), data) for source, target, data in graph.edges(data=True))
for source, target, key, data in listed:
    edges.append([data.get("id", key), source, target, data["kind"], data["weight"]])

json.dump({"directed": graph.is_directed(), "nodes": nodes, "edges": edges}, sys.stdout)
