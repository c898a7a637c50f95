#include "signing/verify/protection.h"

#include <algorithm>
#include <optional>

#include "pdf/structure/signature_fields.h"
#include "pdf/util/mapped_file.h"
#include "signing/base/asn1.h"
#include "signing/certificates/certificate_path.h"
#include "signing/cms/timestamp_token.h"
#include "signing/verify/verify.h"

namespace sohoa {
namespace {

constexpr char kSignatureTimestamp[] = "1.2.840.113549.1.9.16.2.14";

struct Strength {
  Time until{};
  std::string authority, weakness;
};

class Measurer {
 public:
  Measurer(const TrustAnchors& anchors, Time now) : anchors_(anchors), now_(now) {}

  Strength of(std::string_view der) const {
    Strength strength;
    try {
      // The imprint is not checked here: verification does that.
      const TimestampToken token =
          readTimestampToken(der, [](const EVP_MD*) { return std::string(); });
      if (token.facts.signer == nullptr) {
        strength.weakness = "the authority's certificate is missing";
        return strength;
      }
      strength.authority = infoOf(token.facts.signer).subject;
      std::vector<const X509*> extra;
      for (const Certificate& one : token.cms.certificates) extra.push_back(one.get());
      const TrustFacts trust = followTrust(token.facts.signer, extra, anchors_.store(), now_,
                                           TrustPurpose::timestamping);
      strength.until = timeOf(X509_get0_notAfter(token.facts.signer));
      // Skips the last of the path, the anchor: it is trusted as such.
      for (std::size_t i = 1; i + 1 < trust.path.size(); ++i) {
        strength.until = std::min(strength.until, timeOf(X509_get0_notAfter(trust.path[i])));
      }
      if (!trust.pathFound) strength.weakness = "this site does not trust the authority";
      if (token.facts.weak || trust.weak) strength.weakness = "an algorithm or key is too weak";
    } catch (const Asn1Error& error) {
      strength.weakness = error.what();
    }
    return strength;
  }

 private:
  const TrustAnchors& anchors_;
  Time now_;
};

/// Timestamp tokens inside a signature.
std::vector<std::string> tokensInside(const std::string& contents) {
  std::vector<std::string> tokens;
  try {
    const Cms cms = parseCms(contents);
    for (const CmsAttribute& attribute : cms.unsignedAttributes) {
      if (attribute.oid != kSignatureTimestamp) continue;
      for (const std::string_view value : attribute.values) tokens.emplace_back(value);
    }
  } catch (const Asn1Error&) {
    // A CMS that cannot be read: verification reports it.
  }
  return tokens;
}

Protection examine(const PdfRevisions& file, const Measurer& measurer) {
  const std::vector<SignatureField> fields = readSignatureFields(file);
  const SignatureField* archive = nullptr;
  const auto endOf = [](const SignatureField& field) {
    return field.byteRange[2] + field.byteRange[3];
  };
  const auto isTimestamp = [&](const SignatureField& field) {
    return file.get(field.dictionary, "SubFilter").isName("ETSI.RFC3161");
  };
  for (const SignatureField& field : fields) {
    if (!field.filled || field.fault != SignatureFault::none || !isTimestamp(field)) continue;
    if (archive == nullptr || endOf(field) > endOf(*archive)) archive = &field;
  }
  Protection found;
  std::optional<Strength> weakest;
  const auto add = [&](const Strength& strength) {
    const bool weaker =
        !weakest || (!strength.weakness.empty() && weakest->weakness.empty()) ||
        (strength.weakness.empty() == weakest->weakness.empty() && strength.until < weakest->until);
    if (weaker) weakest = strength;
  };
  if (archive != nullptr) add(measurer.of(archive->contents));
  bool allArchived = archive != nullptr;
  for (const SignatureField& field : fields) {
    if (!field.filled || field.fault != SignatureFault::none || isTimestamp(field)) continue;
    found.isSigned = true;
    // The newest document timestamp protects the signatures that end before its /Contents.
    if (archive != nullptr && endOf(field) <= archive->byteRange[1]) continue;
    allArchived = false;
    for (const std::string& token : tokensInside(field.contents)) add(measurer.of(token));
  }
  found.isSigned = found.isSigned || archive != nullptr;
  found.stamped = weakest.has_value();
  found.archived = allArchived;
  if (weakest) {
    found.until = weakest->until;
    found.authority = weakest->authority;
    found.weakness = weakest->weakness;
  }
  return found;
}

}  // namespace

Result<Protection> protectionOf(const std::filesystem::path& file, const TrustAnchors& anchors,
                                Time now) {
  try {
    const MappedFile mapped(file);
    return examine(PdfRevisions(mapped.bytes()), Measurer(anchors, now));
  } catch (const PdfSyntaxError& error) {
    return ItemError{Stage::verification, Cause::pdfDamaged, file.string(), error.what()};
  } catch (const std::filesystem::filesystem_error& error) {
    return ItemError{Stage::verification, Cause::fileUnreadable, file.string(), error.what()};
  }
}

}  // namespace sohoa
