#include "signing/verify/verify.h"

#include <algorithm>
#include <set>

#include "pdf/util/mapped_file.h"
#include "signing/certificates/certificate_integrity.h"
#include "signing/verify/appearance_check.h"
#include "signing/verify/certificate_validation.h"
#include "signing/verify/signature_examination.h"

namespace sohoa {
namespace {

void conclude(SignatureReport& report, Indication indication, const char* sub,
              const char* finding = nullptr) {
  report.indication = indication;
  report.subIndication = sub;
  if (finding == nullptr) return;
  report.reason = finding;
  report.findings.insert(report.findings.begin(), finding);
}

/// Validates all signatures of one file: timestamps first, newest first, because each proves that
/// the revisions it covers existed (EN 319 102-1, 5.6); then the signatures, at the proven times.
class Verifier {
 public:
  Verifier(const PdfRevisions& file, const std::vector<SignatureField>& fields,
           const TrustAnchors& anchors, const VerificationOptions& options)
      : file_(file),
        options_(options),
        anchors_(anchors.store()),
        diff_(file, fields, options.renderer),
        judge_(anchors.store(), material_, options,
               [this](std::size_t section) { return provenBy(section); }) {
    material_.readStores(file);
    for (const std::string& der : options.fetched) material_.addFetched(der);
    for (const SignatureField& field : fields) {
      if (!field.filled) continue;
      Examination& one = examined_.emplace_back(examine(file, field, material_.certificates()));
      const std::size_t section = one.field->section;
      if (one.cms) material_.readCms(*one.cms, section);
      for (const Certificate& each : one.own) material_.addCertificate(derOf(each.get()));
      for (const TimestampToken& token : one.timestamps) material_.readCms(token.cms, section);
    }
  }

  void run(VerificationReport& out) {
    lookForDamage();
    for (Examination& one : examined_) examineChanges(one);
    std::vector<Examination*> order;
    for (Examination& one : examined_) order.push_back(&one);
    std::stable_sort(order.begin(), order.end(), [](const Examination* a, const Examination* b) {
      if (a->isTimestamp() != b->isTimestamp()) return a->isTimestamp();
      return a->isTimestamp() && a->field->section < b->field->section;
    });
    for (Examination* one : order) judgeOne(*one);
    AppearanceReader looks(file_);
    for (Examination& one : examined_) {
      raiseLevel(one);
      checkAppearance(looks, *one.field, one.facts.signer, one.report);
      out.signatures.push_back(std::move(one.report));
    }
    out.wanted = std::move(wanted_);
  }

 private:
  /// Certificates inside a signature that no path needs must still be undamaged: no signature
  /// covers them.
  void lookForDamage() {
    std::vector<const X509*> known = anchors_.signing.anchors;
    known.insert(known.end(), anchors_.timestamping.anchors.begin(),
                 anchors_.timestamping.anchors.end());
    for (const Certificate& each : material_.certificates()) known.push_back(each.get());
    std::set<std::string> whole;
    for (Examination& one : examined_) {
      std::vector<const Cms*> all;
      if (one.cms) all.push_back(one.cms.get());
      for (const TimestampToken& token : one.timestamps) all.push_back(&token.cms);
      for (const Cms* cms : all) {
        for (const Certificate& each : cms->certificates) {
          if (!whole.insert(derOf(each.get())).second || !isDamaged(each.get(), known)) continue;
          one.doubtful = true;
          one.report.findings.emplace_back(
              textId("A certificate inside the signature is not as it was issued."));
        }
      }
    }
  }

  struct Proof {
    std::size_t section;  ///< revision of the document timestamp
    Time at;
  };

  /// The earliest time of the timestamps that cover this revision; the clock's time without one.
  Time provenBy(std::size_t section) const {
    Time best = options_.now;
    for (const Proof& proof : proofs_) {
      if (proof.section <= section) best = std::min(best, proof.at);
    }
    return best;
  }

  void examineChanges(Examination& one) {
    using Changes = SignatureReport::Changes;
    SignatureReport& report = one.report;
    if (one.field->coverage == ByteCoverage::whole) {
      report.changesAfter = Changes::none;
      return;
    }
    if (one.field->coverage == ByteCoverage::anomalous) {
      report.changesAfter = Changes::forbidden;
      report.changes.push_back(
          {false, textId("bytes of the file are not covered by the signature"), ""});
      return;
    }
    try {
      const RevisionChanges changes = diff_.after(one.field->section);
      for (const DocumentChange& change : changes.changes) {
        report.changes.push_back({change.permitted, change.words, change.where});
      }
      report.changesAfter = changes.kind == RevisionChanges::Kind::forbidden ? Changes::forbidden
                            : changes.kind == RevisionChanges::Kind::notExamined
                                ? Changes::notExamined
                                : Changes::permitted;
    } catch (const PdfSyntaxError& error) {
      // Revisions that cannot be compared count as forbidden changes: two readers may see two
      // documents.
      report.changesAfter = Changes::forbidden;
      report.changes.push_back({false, textId("the revisions cannot be compared"), error.what()});
    }
  }

  void judgeOne(Examination& one) {
    SignatureReport& report = one.report;
    judgeFacts(one);
    if (report.malformed && report.indication != Indication::totalFailed) {
      conclude(report, Indication::totalFailed, "FORMAT_FAILURE");
    }
    if (report.indication != Indication::totalPassed && report.reason.empty() &&
        !report.findings.empty()) {
      report.reason = report.findings.front();
    }
    // A timestamp proves the existence of what it covers only if it passed itself.
    if (one.isTimestamp() && one.genTime && report.indication == Indication::totalPassed) {
      proofs_.push_back({one.field->section, *one.genTime});
    }
  }

  /// Applies the basic building blocks in the order of EN 319 102-1, 5.3; the first that fails
  /// decides.
  void judgeFacts(Examination& one) {
    SignatureReport& report = one.report;
    const CmsFacts& facts = one.facts;
    const auto undecided = [&](const char* sub, const char* finding = nullptr) {
      conclude(report, Indication::indeterminate, sub, finding);
    };
    if (!one.checkable) return undecided("SIG_CONSTRAINTS_FAILURE");
    const CertificateJudgement certificate = judgeCertificate(one);
    if (!facts.supported) return undecided("CRYPTO_CONSTRAINTS_FAILURE");
    const bool attributes = one.cms && one.cms->hasSignedAttributes;
    if (!facts.digestMatches && attributes) {
      return conclude(report, Indication::totalFailed, "HASH_FAILURE",
                      textId("The document was changed after it was signed."));
    }
    if (!facts.hasSigner) return undecided("NO_SIGNING_CERTIFICATE_FOUND");
    if (!facts.signatureMatches) {
      return conclude(
          report, Indication::totalFailed, "SIG_CRYPTO_FAILURE",
          textId("The signature value does not fit the signer's certificate and the document."));
    }
    if (report.changesAfter == SignatureReport::Changes::forbidden && !report.malformed) {
      return conclude(report, Indication::totalFailed, "FORMAT_FAILURE",
                      textId("The document was changed after this signature in a way that is not "
                             "permitted."));
    }
    if (facts.signerMismatch) return undecided("NO_SIGNING_CERTIFICATE_FOUND");
    if (!one.cms) {
      return undecided("CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
                       textId("This old kind of signature (RSA with SHA-1) proves nothing today."));
    }
    if (!attributes) {
      return undecided(
          "SIG_CONSTRAINTS_FAILURE",
          textId("The signature has no signed attributes, so it does not bind its signer."));
    }
    if (!one.cms->regular) {
      return undecided(
          "SIG_CONSTRAINTS_FAILURE",
          textId("The signature value is not put together as the standard prescribes."));
    }
    if (!facts.signerBound && one.subFilter != "adbe.pkcs7.detached" &&
        one.subFilter != "adbe.pkcs7.sha1") {
      return undecided("SIG_CONSTRAINTS_FAILURE",
                       textId("The signature does not name its certificate, as PAdES requires."));
    }
    if (one.doubtful) {
      return undecided("SIG_CONSTRAINTS_FAILURE",
                       textId("An unsigned part of the signature was altered; the signed content "
                              "itself is unchanged."));
    }
    if (certificate.indication != Indication::totalPassed) {
      return conclude(report, certificate.indication, certificate.sub, certificate.finding);
    }
    if (facts.weak) {
      return undecided(
          "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
          textId("The signature relies on an algorithm or key that is too weak today."));
    }
    if (report.changesAfter == SignatureReport::Changes::notExamined) {
      return undecided(
          "SIG_CONSTRAINTS_FAILURE",
          textId(
              "The file was continued after signing, and not every change is known as permitted."));
    }
    conclude(report, Indication::totalPassed, "");
  }

  /// The oldest proof that the signature existed, and the newest proof of a time before it was
  /// made.
  CertificateQuestion questionOf(Examination& one) {
    CertificateQuestion question;
    question.best = options_.at;
    const auto proveBy = [&](Time at) {
      if (one.report.provenAt && *one.report.provenAt <= at) return;
      one.report.provenAt = at;
    };
    if (one.field->coverage == ByteCoverage::anomalous) return question;
    for (const Proof& proof : proofs_) {
      if (proof.section < one.field->section) proveBy(proof.at);
    }
    const Time covered = provenBy(one.field->section);
    for (const TimestampToken& token : one.timestamps) {
      CertificateQuestion ofToken{
          TrustPurpose::timestamping, std::min(covered, options_.at), true, {}};
      ofToken.proven = covered < options_.now;
      const bool usable = token.facts.signer != nullptr && token.facts.supported &&
                          !token.facts.weak && !token.facts.signerMismatch;
      if (usable &&
          judge_.judge(token.facts.signer, ofToken).indication == Indication::totalPassed) {
        proveBy(token.info.genTime);
      } else {
        one.report.findings.emplace_back(
            textId("A timestamp inside the signature is not trusted and proves nothing."));
      }
    }
    if (one.isTimestamp()) {
      question.purpose = TrustPurpose::timestamping;
    } else {
      // A document timestamp inside the signed bytes is older than the signature.
      for (const Proof& proof : proofs_) {
        if (proof.section > one.field->section) {
          question.madeAfter = std::max(question.madeAfter.value_or(proof.at), proof.at);
        }
      }
    }
    if (one.report.provenAt && *one.report.provenAt <= question.best) {
      question.best = *one.report.provenAt;
      question.proven = true;
    }
    return question;
  }

  CertificateJudgement judgeCertificate(Examination& one) {
    if (!one.facts.hasSigner) return {};
    SignatureReport& report = one.report;
    CertificateJudgement found = judge_.judge(one.facts.signer, questionOf(one));
    report.trusted = found.trusted;
    report.revocation = found.revocation;
    report.revokedAt = found.revokedAt;
    for (const char* note : found.notes) report.findings.emplace_back(note);
    for (const X509* each : found.path) {
      report.path.push_back(infoOf(each).subject);
      report.evidence.certificates.push_back(derOf(each));
    }
    for (std::string_view der : found.evidence) report.evidence.revocation.emplace_back(der);
    if (found.trusted) {
      for (const auto& [subject, issuer] : found.wanted) {
        wanted_.emplace_back(derOf(subject), derOf(issuer));
      }
    }
    return found;
  }

  /// Raises the level to that of the parts present and matching, trusted or not (EN 319 142-1, 6).
  void raiseLevel(Examination& one) const {
    std::string& level = one.report.level;
    if (level != "B-B" || !one.intact()) return;
    bool covered = false, archived = false;
    for (const Examination& other : examined_) {
      const bool holds = other.isTimestamp() && other.intact();
      if (!holds || other.field->section >= one.field->section) continue;
      covered = true;
      archived =
          archived || file_.get(file_.catalog(other.field->section), "DSS", other.field->section)
                          .is(PdfValue::Kind::dictionary);
    }
    if (!covered && one.timestamps.empty()) return;
    level = "B-T";
    if (!material_.hasStore()) return;
    level = archived ? "B-LTA" : "B-LT";
  }

  const PdfRevisions& file_;
  const VerificationOptions& options_;
  const TrustAnchors::Store& anchors_;
  RevisionDiff diff_;
  ValidationMaterial material_;
  CertificateJudge judge_;
  std::vector<Examination> examined_;
  std::vector<Proof> proofs_;
  std::vector<std::pair<std::string, std::string>> wanted_;
};

}  // namespace

Indication VerificationReport::overall() const {
  if (signatures.empty()) return Indication::indeterminate;
  const bool stampsOnly = onlyTimestamps();
  const auto rank = [&](const SignatureReport& s) {
    if (s.indication == Indication::totalFailed) return 2;
    // A timestamp altered after it was made is different: the file has been tampered with. (The
    // algorithm identifiers are not covered by any signature.)
    const bool touched = s.subIndication == "SIG_CONSTRAINTS_FAILURE" ||
                         s.subIndication == "CRYPTO_CONSTRAINTS_FAILURE" ||
                         s.subIndication == "NO_SIGNING_CERTIFICATE_FOUND";
    const bool counts = stampsOnly || touched || s.kind != SignatureReport::Kind::timestamp;
    return s.indication == Indication::indeterminate && counts ? 1 : 0;
  };
  int worst = 0;
  for (const SignatureReport& s : signatures) worst = std::max(worst, rank(s));
  return worst == 2                 ? Indication::totalFailed
         : worst == 1 || stampsOnly ? Indication::indeterminate
                                    : Indication::totalPassed;
}

bool VerificationReport::onlyTimestamps() const {
  return !signatures.empty() &&
         std::all_of(signatures.begin(), signatures.end(), [](const SignatureReport& s) {
           return s.kind == SignatureReport::Kind::timestamp;
         });
}

std::string_view VerificationReport::deciding() const {
  for (const SignatureReport& s : signatures) {
    if (s.indication == overall() && !s.reason.empty()) return s.reason;
  }
  if (!onlyTimestamps()) return {};
  return textId("Only timestamps: they prove when the document existed, not who answers for it.");
}

VerificationReport verifyBytes(std::string_view bytes, const TrustAnchors& anchors,
                               const VerificationOptions& options) {
  VerificationReport report;
  report.validatedAt = options.at;
  try {
    const PdfRevisions revisions(bytes);
    const std::vector<SignatureField> fields = readSignatureFields(revisions);
    Verifier(revisions, fields, anchors, options).run(report);
  } catch (const PdfSyntaxError& error) {
    report.unreadable = ItemError{Stage::verification, Cause::pdfDamaged, "", error.what()};
    report.signatures.clear();
    if (bytes.find("/ByteRange") != std::string_view::npos) {
      SignatureReport lost;
      lost.malformed = true;
      lost.changesAfter = SignatureReport::Changes::notExamined;
      // Another program may read it, in whatever way: nothing is known of the signature.
      conclude(lost, Indication::indeterminate, "SIGNATURE_PROCESSING_FAILURE",
               textId("The file cannot be read here, so its signature cannot be checked."));
      report.signatures.push_back(std::move(lost));
    }
  }
  return report;
}

VerificationReport verifyPdf(const std::filesystem::path& file, const TrustAnchors& anchors,
                             const VerificationOptions& options) {
  VerificationReport report;
  report.validatedAt = options.at;
  try {
    const MappedFile mapped(file);
    report = verifyBytes(mapped.bytes(), anchors, options);
  } catch (const std::filesystem::filesystem_error& error) {
    report.unreadable = ItemError{Stage::verification, Cause::fileUnreadable, "", error.what()};
  }
  if (report.unreadable) report.unreadable->item = file.filename().string();
  return report;
}

VerificationReport verifyPdf(const std::filesystem::path& file, const TrustAnchors& anchors,
                             Time at) {
  VerificationOptions options;
  options.at = at;
  options.now = at;
  return verifyPdf(file, anchors, options);
}

}  // namespace sohoa
