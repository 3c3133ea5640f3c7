"""Takes logs by OTLP/HTTP in JSON and holds them against the official definitions: collector.py DIRECTORY.

Writes its port to DIRECTORY/port, and a line for each record that is as it should be to DIRECTORY/records. What is not
is refused with 400."""

import base64
import http.server
import json
import pathlib
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

place = pathlib.Path(sys.argv[1])


def with_base64_ids(value):
    """In OTLP ids are hexadecimal, where JSON of protobuf has base64."""
    if isinstance(value, list):
        return [with_base64_ids(one) for one in value]
    if not isinstance(value, dict):
        return value
    ids = {"traceId", "spanId"}
    encoded = {key: base64.b64encode(bytes.fromhex(value[key])).decode() for key in ids & value.keys()}
    return {key: encoded.get(key, with_base64_ids(one)) for key, one in value.items()}


class Collector(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        try:
            request = json_format.ParseDict(with_base64_ids(json.loads(body)), ExportLogsServiceRequest())
            records = [record for of in request.resource_logs for scope in of.scope_logs for record in scope.log_records]
            assert records and all(r.severity_number and r.time_unix_nano and r.event_name for r in records)
        except Exception as error:
            print(f"collector: {error}", file=sys.stderr)
            self.send_response(400)
            self.end_headers()
            return
        with open(place / "records", "a", encoding="utf-8") as file:
            file.writelines(f"{record.event_name} {record.body.string_value}\n" for record in records)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Collector)
(place / "port").write_text(str(server.server_port))
server.serve_forever()
