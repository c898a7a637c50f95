#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "signing/verify.h"

namespace sohoa {
namespace {

using Coverage = SignatureReport::Coverage;
using Changes = SignatureReport::Changes;
using SignatureKind = SignatureReport::Kind;

std::string_view sentenceOf(const VerificationReport& report) {
  if (report.unreadable) {
    return textId("NOT VALID: the file cannot be read as a PDF, so nothing in it is proven.");
  }
  if (report.signatures.empty()) return textId("NO SIGNATURE: the document is not signed.");
  switch (report.overall()) {
    case Indication::totalPassed:
      return textId("VALID: the document is as it was signed, and this site trusts the signer.");
    case Indication::totalFailed:
      return textId("NOT VALID: do not rely on this document.");
    case Indication::indeterminate:
      break;
  }
  return textId("UNDETERMINED: what is known does not suffice to call the document valid or not.");
}

std::string_view adviceOf(const VerificationReport& report) {
  if (report.unreadable) return textId("Ask for the original file again.");
  if (report.signatures.empty()) return textId("Ask for a signed copy if one is required.");
  switch (report.overall()) {
    case Indication::totalPassed:
      return textId(
          "You may rely on it; whether the certificate was revoked must be known otherwise.");
    case Indication::totalFailed:
      return textId("Ask the agency that issued it for a new copy.");
    case Indication::indeterminate:
      break;
  }
  return textId("See the findings below; ask the issuing agency when in doubt.");
}

const char* wordsOf(Coverage coverage) {
  switch (coverage) {
    case Coverage::whole:
      return textId("the whole file");
    case Coverage::revision:
      return textId("an earlier state of the file, complete");
    case Coverage::anomalous:
      break;
  }
  return textId("not a complete file or revision");
}

const char* wordsOf(Changes changes) {
  switch (changes) {
    case Changes::none:
      return textId("none");
    case Changes::permitted:
      return textId("only permitted ones");
    case Changes::forbidden:
      return textId("forbidden ones");
    case Changes::notExamined:
      break;
  }
  return textId("not all known as permitted");
}

const char* wordsOf(SignatureKind kind) {
  switch (kind) {
    case SignatureKind::signature:
      return textId("Signature");
    case SignatureKind::certification:
      return textId("Certification signature");
    case SignatureKind::timestamp:
      break;
  }
  return textId("Document timestamp");
}

const char* verdictWords(Indication indication) {
  switch (indication) {
    case Indication::totalPassed:
      return textId("valid");
    case Indication::totalFailed:
      return textId("not valid");
    case Indication::indeterminate:
      break;
  }
  return textId("undetermined");
}

void describeSignature(std::string& out, const SignatureReport& s, std::size_t number,
                       Language language) {
  const auto line = [&](std::string_view label, std::string_view value) {
    if (!value.empty()) out += fmt::format("  {}: {}\n", label, value);
  };
  const auto yesNo = [&](bool value) { return tr(language, value ? textId("yes") : textId("no")); };
  out += fmt::format("\n{} {}{}: {} ({}{}{})\n", tr(language, wordsOf(s.kind)), number,
                     s.field.empty() ? "" : " [" + s.field + "]",
                     tr(language, verdictWords(s.indication)), nameOf(s.indication),
                     s.subIndication.empty() ? "" : ", ", s.subIndication);
  line(tr(language, "Signer"), s.signer);
  line(tr(language, "Issued by"), s.issuer);
  line(tr(language, "Certificate number"), s.serial);
  if (s.claimedAt) {
    line(tr(language, "Time of signing, as the signer says"), isoVietnam(*s.claimedAt));
  }
  line(tr(language, "Level"), s.level);
  line(tr(language, "Algorithms"), fmt::format("{}", fmt::join(s.algorithms, ", ")));
  line(tr(language, "Content unchanged (digest)"), yesNo(s.digestMatches));
  line(tr(language, "Signature value correct"), yesNo(s.signatureMatches));
  line(tr(language, "Covers"), tr(language, wordsOf(s.coverage)));
  line(tr(language, "Changes after signing"), tr(language, wordsOf(s.changesAfter)));
  for (const std::string& change : s.changes) out += fmt::format("    - {}\n", change);
  line(tr(language, "Leads to an authority this site trusts"), yesNo(s.trusted));
  for (const std::string& finding : s.findings) {
    out += fmt::format("  * {}\n", tr(language, finding));
  }
}

}  // namespace

std::string_view nameOf(Indication indication) {
  switch (indication) {
    case Indication::totalPassed:
      return "TOTAL-PASSED";
    case Indication::totalFailed:
      return "TOTAL-FAILED";
    case Indication::indeterminate:
      break;
  }
  return "INDETERMINATE";
}

std::string_view verdictOf(const VerificationReport& report) {
  if (report.unreadable) return "malformed";
  if (report.signatures.empty()) return "unsigned";
  switch (report.overall()) {
    case Indication::totalPassed:
      return "valid";
    case Indication::totalFailed:
      return "invalid";
    case Indication::indeterminate:
      break;
  }
  return "indeterminate";
}

std::string describe(const VerificationReport& report, Language language) {
  std::string out =
      fmt::format("{}\n{}\n", tr(language, sentenceOf(report)), tr(language, adviceOf(report)));
  if (report.unreadable) {
    out += fmt::format("  * {}{}{}\n", reasonOf(report.unreadable->cause, language),
                       report.unreadable->detail.empty() ? "" : ": ", report.unreadable->detail);
  }
  out += fmt::format("{}: {}\n", tr(language, "Checked as of"), isoVietnam(report.validatedAt));
  for (std::size_t i = 0; i < report.signatures.size(); ++i) {
    describeSignature(out, report.signatures[i], i + 1, language);
  }
  return out;
}

std::string toJson(const VerificationReport& report) {
  using nlohmann::json;
  static constexpr const char* kKinds[] = {"signature", "certification", "timestamp"};
  static constexpr const char* kCoverages[] = {"whole", "revision", "anomalous"};
  static constexpr const char* kChanges[] = {"none", "permitted", "forbidden", "not_examined"};
  json signatures = json::array();
  std::string reason;
  for (const SignatureReport& s : report.signatures) {
    if (reason.empty() && s.indication == report.overall() && !s.findings.empty()) {
      reason = s.findings.front();
    }
    signatures.push_back({
        {"field", s.field},
        {"kind", kKinds[static_cast<int>(s.kind)]},
        {"malformed", s.malformed},
        {"intact", s.digestMatches && s.signatureMatches},
        {"digest_matches", s.digestMatches},
        {"signature_matches", s.signatureMatches},
        {"coverage", kCoverages[static_cast<int>(s.coverage)]},
        {"changes_after", kChanges[static_cast<int>(s.changesAfter)]},
        {"changes", s.changes},
        {"indication", nameOf(s.indication)},
        {"sub_indication", s.subIndication},
        {"level", s.level},
        {"signer", s.signer},
        {"issuer", s.issuer},
        {"serial", s.serial},
        {"trusted", s.trusted},
        {"signing_time", s.claimedAt ? json(isoUtc(*s.claimedAt)) : json(nullptr)},
        {"proven_time", nullptr},
        {"algorithms", s.algorithms},
        {"findings", s.findings},
    });
  }
  if (report.unreadable) {
    reason = std::string(reasonOf(report.unreadable->cause, Language::en));
    if (!report.unreadable->detail.empty()) reason += ": " + report.unreadable->detail;
  }
  const json page = {{"verdict", verdictOf(report)},
                     {"reason", reason},
                     {"validated_at", isoUtc(report.validatedAt)},
                     {"signatures", signatures}};
  // A foreign name may be no UTF-8.
  return page.dump(2, ' ', false, json::error_handler_t::replace);
}

}  // namespace sohoa
