import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64url, isPossible, toBase64url, toOptions, toText } from "../../registration/static/js/credential.js";

test("bytes survive the way to text and back", () => {
  const bytes = Uint8Array.from([0, 250, 251, 252, 255, 62, 63]);
  assert.deepEqual(fromBase64url(toBase64url(bytes.buffer)), bytes);
  assert.match(toBase64url(bytes.buffer), /^[A-Za-z0-9_-]+$/);
});

test("options get bytes where the browser wants them, and their names stay text", () => {
  const options = toOptions({
    rp: { id: "localhost", name: "Us" },
    user: { id: "AQI", name: "ann" },
    challenge: "AwQ",
    excludeCredentials: [{ type: "public-key", id: "BQ" }],
    timeout: null,
  });
  assert.equal(options.rp.id, "localhost");
  assert.deepEqual(options.user.id, Uint8Array.from([1, 2]));
  assert.deepEqual(options.challenge, Uint8Array.from([3, 4]));
  assert.deepEqual(options.excludeCredentials[0].id, Uint8Array.from([5]));
  assert.equal("timeout" in options, false);
});

test("a credential becomes the JSON that the server reads", () => {
  const bytes = (/** @type {number[]} */ ...list) => Uint8Array.from(list).buffer;
  const text = toText({
    id: "AQ",
    rawId: bytes(1),
    type: "public-key",
    response: { clientDataJSON: bytes(2), authenticatorData: bytes(3), signature: bytes(4), userHandle: null },
    getClientExtensionResults: () => ({}),
  });
  assert.deepEqual(JSON.parse(text), {
    id: "AQ",
    rawId: "AQ",
    type: "public-key",
    response: { clientDataJSON: "Ag", authenticatorData: "Aw", signature: "BA" },
    clientExtensionResults: {},
  });
});

test("passkeys need a secure page under a name", () => {
  const page = (/** @type {string} */ hostname) => ({ isSecureContext: true, PublicKeyCredential: {}, location: { hostname } });
  assert.equal(isPossible(page("localhost")), true);
  assert.equal(isPossible(page("127.0.0.1")), false);
  assert.equal(isPossible(page("[::1]")), false);
  assert.equal(isPossible({ ...page("localhost"), isSecureContext: false }), false);
});
