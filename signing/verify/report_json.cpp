#include "signing/verify/report_json.h"

#include "core/texts/json.h"

namespace sohoa {
namespace {

using nlohmann::json;

json timeOrNull(const std::optional<Time>& time) {
  return time ? json(isoUtc(*time)) : json(nullptr);
}

/// The JSON has three values for changes; changes that could not be compared count as forbidden.
const char* nameOf(SignatureReport::Changes changes) {
  switch (changes) {
    case SignatureReport::Changes::none:
      return "none";
    case SignatureReport::Changes::permitted:
      return "permitted";
    case SignatureReport::Changes::forbidden:
    case SignatureReport::Changes::notExamined:
      break;
  }
  return "forbidden";
}

json changesOf(const SignatureReport& s) {
  json changes = json::array();
  for (const ReportedChange& change : s.changes) {
    changes.push_back(change.where.empty() ? change.words
                                           : change.words + " (" + change.where + ")");
  }
  return changes;
}

json appearanceOf(const SignatureReport::Appearance& a) {
  static constexpr const char* kSays[] = {"nothing", "same", "other"};
  return {{"shown", !a.painted    ? "none"
                    : a.page == 0 ? "nowhere"
                                  : "page"},
          {"page", a.page == 0 ? json(nullptr) : json(a.page)},
          {"signed", a.wasSigned},
          {"unchanged", a.unchanged},
          {"text", a.text},
          {"name", kSays[static_cast<int>(a.name)]},
          {"time", kSays[static_cast<int>(a.time)]},
          {"warnings", a.warnings}};
}

json signatureOf(const SignatureReport& s) {
  static constexpr const char* kKinds[] = {"signature", "certification", "timestamp"};
  static constexpr const char* kCoverages[] = {"whole", "revision", "anomalous"};
  static constexpr const char* kRevocations[] = {"good", "revoked", "not_offered", "unknown"};
  return {
      {"field", s.field},
      {"kind", kKinds[static_cast<int>(s.kind)]},
      {"malformed", s.malformed},
      {"intact", s.digestMatches && s.signatureMatches},
      {"digest_matches", s.digestMatches},
      {"signature_matches", s.signatureMatches},
      {"coverage", kCoverages[static_cast<int>(s.coverage)]},
      {"changes_after", nameOf(s.changesAfter)},
      {"changes_examined", s.changesAfter != SignatureReport::Changes::notExamined},
      {"changes", changesOf(s)},
      {"indication", nameOf(s.indication)},
      {"sub_indication", s.subIndication},
      {"level", s.level},
      {"permissions", s.permissions},
      {"signer", s.signer},
      {"issuer", s.issuer},
      {"serial", s.serial},
      {"trusted", s.trusted},
      {"path", s.path},
      {"revocation", kRevocations[static_cast<int>(s.revocation)]},
      {"revoked_at", timeOrNull(s.revokedAt)},
      {"signing_time", timeOrNull(s.claimedAt)},
      {"proven_time", timeOrNull(s.provenAt)},
      {"algorithms", s.algorithms},
      {"appearance", appearanceOf(s.appearance)},
      {"reason", s.reason},
      {"findings", s.findings},
  };
}

std::string reasonOf(const VerificationReport& report) {
  if (report.unreadable) {
    std::string reason(reasonOf(report.unreadable->cause, Language::en));
    if (!report.unreadable->detail.empty()) reason += ": " + report.unreadable->detail;
    return reason;
  }
  if (const auto why = report.deciding(); !why.empty()) return std::string(why);
  if (report.signatures.empty()) return "The document is not signed.";
  return "The document is as it was signed, and this site trusts the signer.";
}

}  // namespace

std::string toJson(const VerificationReport& report) {
  json signatures = json::array();
  for (const SignatureReport& s : report.signatures) signatures.push_back(signatureOf(s));
  const json page = {{"verdict", verdictOf(report)},
                     {"reason", reasonOf(report)},
                     {"validated_at", isoUtc(report.validatedAt)},
                     {"signatures", signatures}};
  // A foreign name may be no UTF-8.
  return jsonTextReplacing(page, 2);
}

}  // namespace sohoa
