import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { sha256 } from "../../registration/static/js/sha256.js";
import { Prover, solve, zeros } from "../../registration/static/js/work.js";

const WORK = `1843486200-8-${"a".repeat(40)}`;
const REFERENCE = "a".repeat(26);
const field = (value = "") => ({ value });

/** The server's own way to look at a proof. */
function fits(work, reference, proof, bits) {
  const seed = createHash("sha256").update(`${work}:${reference}`).digest();
  return proof.split(".").every((number, part) => {
    const tail = Buffer.alloc(8);
    tail.writeUInt32BE(part, 0);
    tail.writeUInt32BE(Number(number), 4);
    return createHash("sha256").update(seed).update(tail).digest().readUInt32BE(0) >>> (32 - bits) === 0;
  });
}

test("SHA-256 is the one that everybody knows, at every edge of a block", () => {
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 200]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
    const hex = [...sha256(bytes)].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    assert.equal(hex, createHash("sha256").update(bytes).digest("hex"));
  }
});

test("a proof has a number for each of the eight parts, and each fits", async () => {
  const work = WORK.replace("-8-", "-14-");
  const proof = await solve(work, REFERENCE);
  assert.match(proof, /^\d+(\.\d+){7}$/);
  assert.ok(fits(work, REFERENCE, proof, 11));
  assert.ok(!fits(work, "b".repeat(26), proof, 11));
});

test("the numbers are the first that fit, as the server finds them", async () => {
  assert.equal(await solve(WORK, REFERENCE), "25.36.16.63.16.18.58.2");
});

test("the share that is done grows to the whole", async () => {
  const shares = [];
  await solve(WORK, REFERENCE, (share) => shares.push(share * 8));
  assert.deepEqual(shares, [1, 2, 3, 4, 5, 6, 7, 8]);
});

test("the page gets its turn while the work goes on", async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await solve(WORK.replace("-8-", "-17-"), REFERENCE);
  clearInterval(timer);
  assert.ok(turns > 0);
});

test("what is no work is said to be none", async () => {
  assert.equal(zeros(WORK), 5);
  for (const work of ["", "1843486200", "x-99-y", "1-2-x"]) await assert.rejects(solve(work, REFERENCE), /no work/);
});

test("a prover does the work once and fills the form in", async () => {
  const fields = { reference: field(REFERENCE), work: field(), proof: field() };
  const prover = new Prover(fields);
  prover.begin(undefined);
  prover.begin("");
  assert.equal(prover.running, null);
  prover.begin(WORK);
  prover.begin(WORK.replace("-8-", "-9-"));
  await prover.running;
  assert.equal(fields.work.value, WORK);
  assert.ok(fits(WORK, REFERENCE, fields.proof.value, 5));
  prover.begin(WORK.replace("-8-", "-9-"));
  assert.equal(prover.running, null);
});

test("a prover that cannot leaves the form as it is and says so", async () => {
  const fields = { reference: field(REFERENCE), work: field(), proof: field() };
  const told = [];
  const prover = new Prover(fields, (share) => told.push(share));
  prover.begin("nonsense");
  await prover.running;
  assert.deepEqual([fields.work.value, fields.proof.value, told], ["", "", [null]]);
});
