"""The benchmark of a chunk measures one: it asks as the player does."""

from tests.benchmarks.payload import FRAMES, NETWORKS, measure


def test_a_chunk_of_each_network_is_measured():
    found = measure()
    assert [payload.network for payload in found] == list(NETWORKS)
    assert all(payload.bytes > 1000 * FRAMES and 0 < payload.train < payload.message for payload in found)
