#include "signing/verify/signature_examination.h"

#include <algorithm>

#include "core/texts/text.h"
#include "pdf/util/text_string.h"
#include "signing/base/asn1.h"
#include "signing/base/pdf_date.h"
#include "signing/cms/x509_rsa_sha1.h"
#include "signing/verify/structure_fault_texts.h"

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

constexpr char kSignatureTimestamp[] = "1.2.840.113549.1.9.16.2.14";
constexpr std::size_t kMaxTimestamps = 10;

/// Known unsigned attributes: of CAdES (EN 319 122-1; RFC 5126), RFC 5652 and Microsoft's signers.
bool isKnownUnsigned(std::string_view oid) {
  constexpr std::string_view kSmime = "1.2.840.113549.1.9.16.2.";
  constexpr std::string_view kNumbers[] = {"14", "21", "22", "23", "24", "25", "26", "27", "48"};
  if (oid.starts_with(kSmime)) {
    return std::find(std::begin(kNumbers), std::end(kNumbers), oid.substr(kSmime.size())) !=
           std::end(kNumbers);
  }
  return oid == "1.2.840.113549.1.9.6" || oid.starts_with("0.4.0.1733.2.") ||
         oid.starts_with("0.4.0.19122.1.") || oid == "1.3.6.1.4.1.311.3.3.1";
}

class Examiner {
 public:
  Examiner(const PdfRevisions& file, const SignatureField& field,
           const std::vector<Certificate>& extra)
      : file_(file), field_(field), extra_(extra) {
    out_.field = &field;
  }

  Examination run() {
    describeField();
    SignatureReport& report = out_.report;
    if (field_.fault != SignatureFault::none) {
      report.malformed = true;
      report.findings.emplace_back(wordsOf(field_.fault));
    }
    if (field_.unlisted) {
      report.findings.emplace_back(
          textId("The form of the document does not list this signature; its page shows it."));
    }
    if (canBeHashed(field_.fault)) {
      readOwnCertificates();
      checkValue();
      keepEvidence();
    }
    return std::move(out_);
  }

 private:
  void describeField() {
    SignatureReport& report = out_.report;
    // Strings of an encrypted file are ciphertext.
    if (!file_.isEncrypted()) {
      report.field = shortened(field_.name);
      const PdfValue* claimed = field_.dictionary.find("M");
      if (claimed != nullptr && claimed->is(Kind::string)) {
        report.claimedAt = parsePdfDate(claimed->text);
      }
    }
    report.coverage = field_.coverage == ByteCoverage::whole ? SignatureReport::Coverage::whole
                      : field_.coverage == ByteCoverage::revision
                          ? SignatureReport::Coverage::revision
                          : SignatureReport::Coverage::anomalous;
    // Decided by /SubFilter, whatever /Type says: an unknown signer weakens the file's verdict, an
    // unknown timestamp authority does not, so a signature must not pass as a timestamp.
    const PdfValue* format = field_.dictionary.find("SubFilter");
    if (format != nullptr && format->is(Kind::name)) out_.subFilter = format->text;
    if (out_.subFilter == "ETSI.RFC3161") report.kind = SignatureReport::Kind::timestamp;
    for (const PdfValue& item : file_.get(field_.dictionary, "Reference").items) {
      describePermission(file_.resolve(item));
    }
  }

  void describePermission(const PdfValue& reference) {
    const PdfValue method = file_.get(reference, "TransformMethod");
    const PdfValue parameters = file_.get(reference, "TransformParams");
    std::string words = method.is(Kind::name) ? method.text : "";
    if (method.isName("DocMDP")) {
      out_.report.kind = SignatureReport::Kind::certification;
      const PdfValue level = file_.get(parameters, "P");
      words += " " + std::to_string(level.is(Kind::integer) ? level.integer : 2);
    } else if (method.isName("FieldMDP")) {
      words += " " + file_.get(parameters, "Action").text;
    }
    std::string& all = out_.report.permissions;
    if (!words.empty()) all += (all.empty() ? "" : ", ") + words;
  }

  std::string digestOfRange(const EVP_MD* method) const {
    const auto& range = field_.byteRange;
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
  }

  void readOwnCertificates() {
    if (file_.isEncrypted()) return;
    const PdfValue own = file_.get(field_.dictionary, "Cert");
    const auto add = [&](std::string_view der) {
      constexpr std::size_t kMax = 20;
      Certificate certificate = certificateFromDer(der);
      if (certificate && out_.own.size() < kMax) out_.own.push_back(std::move(certificate));
    };
    if (own.is(Kind::string)) add(own.text);
    for (const PdfValue& item : own.items) add(file_.resolve(item).text);
  }

  std::vector<Certificate> allExtra() const {
    std::vector<Certificate> all;
    for (const auto* list : {&out_.own, &extra_}) {
      for (const Certificate& each : *list) {
        X509_up_ref(each.get());
        all.emplace_back(each.get());
      }
    }
    return all;
  }

  void checkValue() {
    SignatureReport& report = out_.report;
    CmsUse use = CmsUse::detached;
    if (out_.subFilter == "ETSI.RFC3161") {
      use = CmsUse::timestamp;
      report.kind = SignatureReport::Kind::timestamp;
      report.level = "timestamp";
    } else if (out_.subFilter == "adbe.pkcs7.sha1") {
      use = CmsUse::sha1Inside;
    } else if (out_.subFilter == "adbe.x509.rsa_sha1") {
      return checkOld();
    } else if (out_.subFilter != "ETSI.CAdES.detached" && out_.subFilter != "adbe.pkcs7.detached") {
      report.findings.emplace_back(textId("This kind of signature cannot be checked."));
      return;
    }
    const auto hash = [&](const EVP_MD* method) { return digestOfRange(method); };
    try {
      out_.cms = std::make_unique<Cms>(parseCms(field_.contents));
      if (out_.cms->rest) {
        report.findings.emplace_back(
            textId("Other bytes follow the signature in its place; nothing reads them."));
      }
      extraCertificates_ = allExtra();
      out_.facts = checkCms(*out_.cms, use, hash, extraCertificates_);
      take();
      if (report.level.empty()) {
        const bool pades = out_.subFilter == "ETSI.CAdES.detached" && out_.facts.signerBound;
        report.level = pades ? "B-B" : "PKCS7";
      }
      report.malformed = report.malformed || out_.facts.malformed;
      if (use == CmsUse::timestamp) {
        if (!out_.cms->content) throw Asn1Error("no content");
        out_.genTime = parseTstInfo(*out_.cms->content).genTime;
      } else {
        readTimestamps();
      }
    } catch (const Asn1Error&) {
      report.malformed = true;
      report.findings.emplace_back(textId("The signature value is damaged or not a signature."));
    }
  }

  void checkOld() {
    out_.report.level = "X509";
    extraCertificates_ = allExtra();
    out_.facts = checkOldSignature(field_.contents, digestOfRange(EVP_sha1()), out_.own);
    out_.report.malformed = out_.report.malformed || out_.facts.malformed;
    take();
  }

  void take() {
    SignatureReport& report = out_.report;
    const CmsFacts& facts = out_.facts;
    out_.checkable = true;
    report.digestMatches = facts.digestMatches;
    report.signatureMatches = facts.signatureMatches;
    report.algorithms = facts.algorithms;
    for (const char* finding : facts.findings) report.findings.emplace_back(finding);
    if (facts.signer == nullptr) return;
    // Keeps the certificate alive: it may belong to a list that is freed with this examiner.
    X509_up_ref(const_cast<X509*>(facts.signer));
    out_.own.emplace_back(const_cast<X509*>(facts.signer));
    const CertificateInfo info = infoOf(facts.signer);
    report.signer = info.subject;
    report.issuer = info.issuer;
    report.serial = info.serial;
  }

  /// RFC 3161, Appendix A: the imprint is over the octets of the signature value.
  void readTimestamps() {
    const auto hash = [&](const EVP_MD* method) { return digestOf(method, out_.cms->signature); };
    std::size_t count = 0;
    for (const CmsAttribute& attribute : out_.cms->unsignedAttributes) {
      if (!isKnownUnsigned(attribute.oid) && out_.subFilter.starts_with("ETSI.")) {
        out_.doubtful = true;
        out_.report.findings.emplace_back(
            textId("The signature carries an unknown part that nothing signs."));
      }
      if (attribute.oid != kSignatureTimestamp) continue;
      for (std::string_view value : attribute.values) {
        if (++count > kMaxTimestamps) return;
        try {
          TimestampToken token = readTimestampToken(value, hash, extraCertificates_);
          const bool holds = token.imprintMatches && token.facts.digestMatches &&
                             token.facts.signatureMatches && !token.facts.malformed &&
                             !token.facts.signerMismatch && token.cms.regular;
          if (holds) {
            out_.report.evidence.timestamps.emplace_back(value);
            out_.timestamps.push_back(std::move(token));
            continue;
          }
        } catch (const Asn1Error&) {
        }
        out_.doubtful = true;
        out_.report.findings.emplace_back(
            textId("A timestamp inside the signature does not fit it and proves nothing."));
      }
    }
  }

  void keepEvidence() {
    SignatureReport::Evidence& evidence = out_.report.evidence;
    evidence.byteRange = field_.byteRange;
    evidence.signedEnd = field_.byteRange[2] + field_.byteRange[3];
    try {
      BerReader reader(field_.contents);
      evidence.cms = reader.next().whole;
    } catch (const Asn1Error&) {
    }
    if (out_.cms) evidence.value = out_.cms->signature;
  }

  const PdfRevisions& file_;
  const SignatureField& field_;
  const std::vector<Certificate>& extra_;
  std::vector<Certificate> extraCertificates_;
  Examination out_;
};

}  // namespace

Examination examine(const PdfRevisions& file, const SignatureField& field,
                    const std::vector<Certificate>& extra) {
  return Examiner(file, field, extra).run();
}

}  // namespace sohoa
