#include "signing/verify.h"

#include <algorithm>

#include "pdf/mapped_file.h"
#include "pdf/revision_changes.h"
#include "pdf/signature_fields.h"
#include "pdf/signing_permissions.h"
#include "signing/asn1.h"
#include "signing/cms_check.h"
#include "signing/fault_words.h"
#include "signing/pdf_date.h"
#include "signing/trust.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr std::size_t kMaxExtraCertificates = 200;
constexpr std::size_t kMaxCertificateBytes = 1 << 16;

void conclude(SignatureReport& report, Indication indication, const char* sub) {
  report.indication = indication;
  report.subIndication = sub;
}

class Verifier {
 public:
  Verifier(const PdfRevisions& file, const TrustAnchors& anchors, Time at)
      : file_(file), anchors_(anchors), at_(at), diff_(file) {}

  /// Permissions that signatures of the file set for what may follow them.
  void restrictBy(const SigningPermissions& permissions) {
    restricted_ =
        permissions.certified || permissions.certifiedNoChange || !permissions.locksHeld.empty();
  }

  SignatureReport verify(const SignatureField& field) {
    SignatureReport report;
    describeField(field, report);
    if (field.fault != SignatureFault::none) {
      report.malformed = true;
      report.findings.emplace_back(wordsOf(field.fault));
    }
    examineChanges(field, report);
    if (canBeHashed(field.fault)) verifyValue(field, report);
    if (report.malformed && report.indication != Indication::totalFailed) {
      conclude(report, Indication::totalFailed, "FORMAT_FAILURE");
    }
    return report;
  }

 private:
  void describeField(const SignatureField& field, SignatureReport& report) const {
    using Report = SignatureReport;
    // In an encrypted file its strings are ciphertext.
    if (!file_.isEncrypted()) {
      report.field = field.name;
      const PdfValue* claimed = field.dictionary.find("M");
      if (claimed != nullptr && claimed->is(Kind::string)) {
        report.claimedAt = parsePdfDate(claimed->text);
      }
    }
    report.coverage = field.coverage == ByteCoverage::whole      ? Report::Coverage::whole
                      : field.coverage == ByteCoverage::revision ? Report::Coverage::revision
                                                                 : Report::Coverage::anomalous;
    report.changesAfter = field.coverage == ByteCoverage::whole ? Report::Changes::none
                                                                : Report::Changes::notExamined;
    const PdfValue* type = field.dictionary.find("Type");
    if (type != nullptr && type->isName("DocTimeStamp")) report.kind = Report::Kind::timestamp;
    for (const PdfValue& item : file_.get(field.dictionary, "Reference").items) {
      if (file_.get(file_.resolve(item), "TransformMethod").isName("DocMDP")) {
        report.kind = Report::Kind::certification;
      }
    }
  }

  void examineChanges(const SignatureField& field, SignatureReport& report) {
    if (field.coverage != ByteCoverage::revision) return;
    try {
      const RevisionChanges changes = diff_.after(field.section);
      report.changes = changes.objects;
      if (changes.kind == RevisionChanges::Kind::forbidden) {
        report.changesAfter = SignatureReport::Changes::forbidden;
        report.findings.emplace_back(
            textId("Pages or what they show were changed after this signature."));
      } else if (changes.kind == RevisionChanges::Kind::permitted && !restricted_) {
        report.changesAfter = SignatureReport::Changes::permitted;
      }
    } catch (const PdfSyntaxError&) {
      // Cannot be compared: stays "not examined", which never passes.
    }
  }

  void verifyValue(const SignatureField& field, SignatureReport& report) {
    const PdfValue* format = field.dictionary.find("SubFilter");
    const std::string subFilter = format != nullptr && format->is(Kind::name) ? format->text : "";
    CmsUse use = CmsUse::detached;
    if (subFilter == "ETSI.RFC3161") {
      use = CmsUse::timestamp;
      report.kind = SignatureReport::Kind::timestamp;
      report.level = "timestamp";
    } else if (subFilter == "adbe.pkcs7.sha1") {
      use = CmsUse::sha1Inside;
    } else if (subFilter != "ETSI.CAdES.detached" && subFilter != "adbe.pkcs7.detached") {
      report.findings.emplace_back(textId("This kind of signature cannot be checked."));
      conclude(report, Indication::indeterminate, "SIG_CONSTRAINTS_FAILURE");
      return;
    }
    try {
      const Cms cms = parseCms(field.contents);
      const auto& range = field.byteRange;
      const auto digestOfRange = [&](const EVP_MD* method) {
        const DigestContext context(EVP_MD_CTX_new());
        std::string digest(EVP_MAX_MD_SIZE, '\0');
        unsigned size = 0;
        const std::string_view bytes = file_.bytes();
        EVP_DigestInit_ex(context.get(), method, nullptr);
        EVP_DigestUpdate(context.get(), bytes.data(), range[1]);
        EVP_DigestUpdate(context.get(), bytes.data() + range[2], range[3]);
        EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), &size);
        digest.resize(size);
        return digest;
      };
      readExtraCertificates(field);
      const CmsFacts facts = checkCms(cms, use, digestOfRange, extra_);
      report.digestMatches = facts.digestMatches;
      report.signatureMatches = facts.signatureMatches;
      report.algorithms = facts.algorithms;
      for (const char* finding : facts.findings) report.findings.emplace_back(finding);
      if (facts.signer != nullptr) {
        const CertificateInfo info = infoOf(facts.signer);
        report.signer = info.subject;
        report.issuer = info.issuer;
        report.serial = info.serial;
      }
      if (report.level.empty()) {
        report.level =
            subFilter == "ETSI.CAdES.detached" && facts.signerBound ? "PAdES B-B" : "CMS";
      }
      report.malformed = report.malformed || facts.malformed;
      judge(cms, facts, subFilter, report);
    } catch (const Asn1Error&) {
      report.malformed = true;
      report.findings.emplace_back(textId("The signature value is damaged or not a signature."));
    }
  }

  /// EN 319 102-1, 5.3: the basic building blocks in their order; the first that fails decides.
  void judge(const Cms& cms, const CmsFacts& facts, const std::string& subFilter,
             SignatureReport& report) {
    const auto undecided = [&](const char* sub, const char* finding) {
      if (finding != nullptr) report.findings.emplace_back(finding);
      conclude(report, Indication::indeterminate, sub);
    };
    const TrustFacts trust = judgeTrust(cms, facts, report);
    if (!facts.supported) return undecided("CRYPTO_CONSTRAINTS_FAILURE", nullptr);
    if (!facts.digestMatches && cms.hasSignedAttributes) {
      report.findings.emplace_back(textId("The document was changed after it was signed."));
      return conclude(report, Indication::totalFailed, "HASH_FAILURE");
    }
    if (!facts.hasSigner) return undecided("NO_SIGNING_CERTIFICATE_FOUND", nullptr);
    if (!facts.signatureMatches) {
      report.findings.emplace_back(
          textId("The signature value does not fit the signer's certificate and the document."));
      return conclude(report, Indication::totalFailed, "SIG_CRYPTO_FAILURE");
    }
    if (facts.signerMismatch) return undecided("NO_SIGNING_CERTIFICATE_FOUND", nullptr);
    if (!cms.hasSignedAttributes) {
      return undecided(
          "SIG_CONSTRAINTS_FAILURE",
          textId("The signature has no signed attributes, so it does not bind its signer."));
    }
    if (!cms.regular) {
      return undecided(
          "SIG_CONSTRAINTS_FAILURE",
          textId("The signature value is not put together as the standard prescribes."));
    }
    if (!facts.signerBound && subFilter != "adbe.pkcs7.detached") {
      return undecided("SIG_CONSTRAINTS_FAILURE",
                       textId("The signature does not name its certificate, as PAdES requires."));
    }
    if (report.changesAfter == SignatureReport::Changes::forbidden) {
      return conclude(report, Indication::totalFailed, "FORMAT_FAILURE");
    }
    if (!trust.pathFound) return undecided(trust.subIndication.c_str(), nullptr);
    const auto unfit =
        report.kind == SignatureReport::Kind::timestamp ? unfitForTimestamps : unfitForDocuments;
    if (unfit(const_cast<X509*>(facts.signer)) != nullptr) {
      return undecided("CHAIN_CONSTRAINTS_FAILURE",
                       textId("The certificate may not be used for this kind of signature."));
    }
    if (!trust.withinValidity) {
      return undecided(
          "OUT_OF_BOUNDS_NO_POE",
          textId(
              "A certificate is not valid at the time of validation, and no timestamp proves that "
              "the signature was made before."));
    }
    if (facts.weak || trust.weak) {
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
    report.findings.emplace_back(textId("Whether the certificate was revoked was not checked."));
    conclude(report, Indication::totalPassed, "");
  }

  TrustFacts judgeTrust(const Cms& cms, const CmsFacts& facts, SignatureReport& report) {
    if (!facts.hasSigner) return {};
    std::vector<const X509*> helpers;
    for (const Certificate& certificate : cms.certificates) helpers.push_back(certificate.get());
    for (const Certificate& certificate : extra_) helpers.push_back(certificate.get());
    TrustFacts trust = followTrust(facts.signer, helpers, anchors_.store(), at_);
    for (const char* finding : trust.findings) report.findings.emplace_back(finding);
    report.trusted = trust.pathFound && trust.withinValidity;
    return trust;
  }

  void addExtra(std::string_view der) {
    if (extra_.size() >= kMaxExtraCertificates || der.size() > kMaxCertificateBytes) return;
    if (Certificate certificate = certificateFromDer(der)) extra_.push_back(std::move(certificate));
  }

  /// Certificates outside the CMS: /Cert of the signature, and the document security store.
  void readExtraCertificates(const SignatureField& field) {
    extra_.clear();
    if (file_.isEncrypted()) return;
    const PdfValue own = file_.get(field.dictionary, "Cert");
    if (own.is(Kind::string)) addExtra(own.text);
    for (const PdfValue& item : own.items) addExtra(file_.resolve(item).text);
    try {
      const PdfValue store = file_.get(file_.catalog(), "DSS");
      for (const PdfValue& item : file_.get(store, "Certs").items) {
        if (!item.is(Kind::reference) || extra_.size() >= kMaxExtraCertificates) continue;
        const PdfObject object = file_.object(item.reference);
        if (object.hasStream) addExtra(file_.decoded(object));
      }
    } catch (const PdfSyntaxError&) {
      // A damaged store helps nobody; the path is then looked for without it.
    }
  }

  const PdfRevisions& file_;
  const TrustAnchors& anchors_;
  Time at_;
  RevisionDiff diff_;
  bool restricted_ = false;
  std::vector<Certificate> extra_;
};

}  // namespace

Indication VerificationReport::overall() const {
  if (signatures.empty()) return Indication::indeterminate;
  const auto rank = [](const SignatureReport& s) {
    return s.indication == Indication::totalFailed     ? 2
           : s.indication == Indication::indeterminate ? 1
                                                       : 0;
  };
  return std::max_element(signatures.begin(), signatures.end(),
                          [&](const auto& a, const auto& b) { return rank(a) < rank(b); })
      ->indication;
}

VerificationReport verifyPdf(const std::filesystem::path& file, const TrustAnchors& anchors,
                             Time at) {
  VerificationReport report;
  report.validatedAt = at;
  const auto unreadable = [&](Cause cause, const std::string& detail) {
    report.unreadable = ItemError{Stage::verification, cause, file.filename().string(), detail};
  };
  try {
    const MappedFile mapped(file);
    try {
      const PdfRevisions revisions(mapped.bytes());
      Verifier verifier(revisions, anchors, at);
      const std::vector<SignatureField> fields = readSignatureFields(revisions);
      verifier.restrictBy(readSigningPermissions(revisions, fields));
      for (const SignatureField& field : fields) {
        if (field.filled) report.signatures.push_back(verifier.verify(field));
      }
    } catch (const PdfSyntaxError& error) {
      unreadable(Cause::pdfDamaged, error.what());
      report.signatures.clear();
      if (mapped.bytes().find("/ByteRange") != std::string_view::npos) {
        SignatureReport lost;
        lost.malformed = true;
        lost.findings.emplace_back(textId("The damage to the file has broken its signature."));
        conclude(lost, Indication::totalFailed, "FORMAT_FAILURE");
        report.signatures.push_back(std::move(lost));
      }
    }
  } catch (const std::filesystem::filesystem_error& error) {
    unreadable(Cause::fileUnreadable, error.what());
  }
  return report;
}

}  // namespace sohoa
