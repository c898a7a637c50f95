#include "signing/verify/report_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/texts/harmless_text.h"
#include "pdf/changes/drawn_widgets.h"
#include "pdf/util/text_string.h"

namespace sohoa {
namespace {

using Coverage = SignatureReport::Coverage;
using Changes = SignatureReport::Changes;
using SignatureKind = SignatureReport::Kind;

std::string_view sentenceOf(const VerificationReport& report) {
  if (report.unreadable) {
    return textId("UNDETERMINED: the file cannot be read here, so nothing in it is proven.");
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
      break;
    case Indication::totalFailed:
      return textId("Ask the agency that issued it for a new copy.");
    case Indication::indeterminate:
      for (const SignatureReport& s : report.signatures) {
        if (s.subIndication == "TRY_LATER") {
          return textId(
              "Revocation data is missing: ask the signer for an archived copy, or try again "
              "later.");
        }
        if (s.subIndication == "NO_CERTIFICATE_CHAIN_FOUND") {
          return textId("Ask whether the signer's authority should be trusted here.");
        }
      }
      return textId("See the findings below; ask the issuing agency when in doubt.");
  }
  for (const SignatureReport& s : report.signatures) {
    if (s.revocation != SignatureReport::Revocation::good) {
      return textId(
          "You may rely on it; whether the certificate was revoked must be known otherwise.");
    }
  }
  return textId("You may rely on it.");
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

const char* wordsOf(SignatureReport::Revocation revocation) {
  switch (revocation) {
    case SignatureReport::Revocation::good:
      return textId("not revoked");
    case SignatureReport::Revocation::revoked:
      return textId("revoked");
    case SignatureReport::Revocation::notOffered:
      return textId("its issuer offers no data");
    case SignatureReport::Revocation::unknown:
      break;
  }
  return textId("not known");
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

/// The text on one line, shortened.
std::string oneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return shortened(std::move(text));
}

std::string placeOf(const SignatureReport::Appearance& a, Language language) {
  if (!a.painted) return std::string(tr(language, textId("nothing")));
  if (a.page == 0) return std::string(tr(language, textId("an appearance that no page shows")));
  return say(language, textId("an appearance on page {}"), a.page);
}

void describeAppearance(std::string& out, const SignatureReport::Appearance& a, Language language) {
  const auto line = [&](const char* label, std::string_view value) {
    out += fmt::format("  {}: {}\n", tr(language, label), value);
  };
  line(textId("Shows on the document"), placeOf(a, language));
  if (a.painted) {
    line(textId("What it shows was signed and is unchanged"),
         tr(language, a.wasSigned && a.unchanged ? textId("yes") : textId("no")));
    if (!a.text.empty()) line(textId("It reads"), harmlessText(oneLine(a.text)));
  }
  for (const std::string& warning : a.warnings) {
    line(textId("WARNING"), tr(language, warning));
  }
}

void describeSignature(std::string& out, const SignatureReport& s, std::size_t number,
                       Language language) {
  const auto line = [&](std::string_view label, std::string_view value) {
    // Names come from certificates and files: nothing in them may begin a line of ours.
    if (!value.empty()) out += fmt::format("  {}: {}\n", label, harmlessText(value));
  };
  const auto yesNo = [&](bool value) { return tr(language, value ? textId("yes") : textId("no")); };
  out += fmt::format("\n{} {}{}: {} ({}{}{})\n", tr(language, wordsOf(s.kind)), number,
                     s.field.empty() ? "" : " [" + harmlessText(s.field) + "]",
                     tr(language, verdictWords(s.indication)), nameOf(s.indication),
                     s.subIndication.empty() ? "" : ", ", s.subIndication);
  line(tr(language, "Signer"), s.signer);
  line(tr(language, "Issued by"), s.issuer);
  line(tr(language, "Certificate number"), s.serial);
  if (s.claimedAt) {
    line(tr(language, "Time of signing, as the signer says"), isoVietnam(*s.claimedAt));
  }
  if (s.provenAt) line(tr(language, "Proven to have existed at"), isoVietnam(*s.provenAt));
  line(tr(language, "Level"), s.level.starts_with("B-") ? "PAdES " + s.level : s.level);
  line(tr(language, "Allows after itself"), s.permissions);
  line(tr(language, "Algorithms"), fmt::format("{}", fmt::join(s.algorithms, ", ")));
  line(tr(language, "Content unchanged (digest)"), yesNo(s.digestMatches));
  line(tr(language, "Signature value correct"), yesNo(s.signatureMatches));
  line(tr(language, "Covers"), tr(language, wordsOf(s.coverage)));
  line(tr(language, "Changes after signing"), tr(language, wordsOf(s.changesAfter)));
  for (const ReportedChange& change : s.changes) {
    const std::string_view mark =
        tr(language, change.permitted ? textId("permitted") : textId("refused"));
    out += fmt::format("    - {}: {}{}\n", mark, tr(language, change.words),
                       change.where.empty() ? "" : " (" + harmlessText(change.where) + ")");
  }
  describeAppearance(out, s.appearance, language);
  line(tr(language, "Leads to an authority this site trusts"), yesNo(s.trusted));
  line(tr(language, "Revocation"), tr(language, wordsOf(s.revocation)));
  if (s.revokedAt) line(tr(language, "Revoked at"), isoVietnam(*s.revokedAt));
  line(tr(language, "Certificate path"), fmt::format("{}", fmt::join(s.path, " ← ")));
  for (const std::string& finding : s.findings) {
    out += fmt::format("  * {}\n", tr(language, finding));
  }
}

/// What a later signature lies over, each once; where the version before it is.
std::string coversOf(const VerificationReport& report, Language language) {
  std::string out;
  for (const SignatureReport& signature : report.signatures) {
    for (const ReportedChange& change : signature.changes) {
      if (!change.permitted || !isCover(change.words.c_str())) continue;
      const std::string line = fmt::format("{}: {} ({})\n", tr(language, textId("Look closely")),
                                           tr(language, change.words), harmlessText(change.where));
      if (out.find(line) == std::string::npos) out += line;
    }
  }
  if (out.empty()) return out;
  return out + fmt::format("{}\n", tr(language, textId("With --evidence each signed version is "
                                                       "written as a file of its own.")));
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
  std::string out = fmt::format("{}\n", tr(language, sentenceOf(report)));
  if (const auto why = report.deciding(); !why.empty()) {
    out += fmt::format("{}: {}\n", tr(language, "Why"), tr(language, why));
  }
  out += fmt::format("{}: {}\n", tr(language, "What to do"), tr(language, adviceOf(report)));
  out += coversOf(report, language);
  if (report.unreadable) {
    out += fmt::format("  * {}{}{}\n", reasonOf(report.unreadable->cause, language),
                       report.unreadable->detail.empty() ? "" : ": ",
                       harmlessText(report.unreadable->detail));
  }
  out += fmt::format("{}: {}\n", tr(language, "Checked as of"), isoVietnam(report.validatedAt));
  for (std::size_t i = 0; i < report.signatures.size(); ++i) {
    describeSignature(out, report.signatures[i], i + 1, language);
  }
  return out;
}

}  // namespace sohoa
