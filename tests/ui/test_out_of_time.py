"""A question declined for time is counted, and may be asked again."""

from pathlib import Path

from fastapi.testclient import TestClient

from index.bundle import open_bundle
from qa.assistant import Assistant
from ui.api import create_api
from ui.live import LiveAssistant
from ui.schemas import ReplySchema


def test_a_decline_for_time_is_counted_and_not_remembered(built_home: Path, assistant: Assistant) -> None:
    live = LiveAssistant(built_home)
    client = TestClient(create_api(live))
    live.assistant = Assistant(open_bundle(built_home), longest_answer=0.0)
    late = ReplySchema.model_validate(client.post("/api/ask", json={"question": "姉妹都市は？"}).json())
    assert (late.status, late.reason) == ("declined", "out_of_time")
    assert "madoguchi_out_of_time_total 1.0" in client.get("/metrics").text
    live.assistant = assistant
    again = client.post("/api/ask", json={"question": "姉妹都市は？"}).json()
    assert again["reason"] != "out_of_time"
    assert "madoguchi_out_of_time_total 1.0" in client.get("/metrics").text
