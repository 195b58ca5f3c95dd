// Reads a typed amount by the rules of utils/evening/ledger/amount_parser.py, so that a phone without a network
// refuses what the server would refuse. Returns {minor} or {trouble}.
"use strict";

function readAmount(written, decimals) {
  const LARGEST = 1e12;
  const text = written
    .replace(/[\u17E0-\u17E9]/g, (digit) => String(digit.charCodeAt(0) - 0x17e0))
    .replace(/[\u00A0\u202F\u2009\t]/g, " ")
    .replace(/^ +| +$/g, "");
  if (decimals === undefined) return { trouble: "currency" };
  if (!text) return { trouble: "empty" };
  if ("-\u2212\u2013".includes(text[0])) return { trouble: "negative" };
  if (/[^0-9., ]/.test(text)) return { trouble: "letters" };
  let whole;
  let fraction;
  const plain = /^([0-9]+)(?:([.,])([0-9]+))?$/.exec(text);
  if (plain) {
    whole = plain[1];
    fraction = plain[3] || "";
    if (fraction.length === 3 && whole !== "0") return { trouble: "ambiguous" };
  } else {
    const grouped = /^([0-9]{1,3}(?:([ .,])[0-9]{3})(?:\2[0-9]{3})*)(?:([.,])([0-9]+))?$/.exec(text);
    if (!grouped || grouped[2] === grouped[3]) return { trouble: "separators" };
    whole = grouped[1].replace(/[^0-9]/g, "");
    fraction = grouped[4] || "";
    if (fraction.length === 3) return { trouble: "ambiguous" };
  }
  if (fraction.length > decimals) return { trouble: "decimals" };
  if (whole.length > 1 && whole.startsWith("0")) return { trouble: "leading_zero" };
  const minor = Number(whole + fraction.padEnd(decimals, "0"));
  if (minor === 0) return { trouble: "zero" };
  if (minor > LARGEST) return { trouble: "too_large" };
  return { minor };
}

// Writes an amount in the digits and signs of the page's language, which the server names.
function writtenAmount(minor, decimals, { digits, group, decimal }) {
  const text = String(minor).padStart(decimals + 1, "0");
  const whole = text.slice(0, text.length - decimals).replace(/\B(?=([0-9]{3})+$)/g, group);
  const fraction = decimals ? decimal + text.slice(-decimals) : "";
  return (whole + fraction).replace(/[0-9]/g, (digit) => digits[digit]);
}
