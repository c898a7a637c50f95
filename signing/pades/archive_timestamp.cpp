#include "signing/pades/archive_timestamp.h"

#include <algorithm>

#include "signing/base/asn1.h"
#include "signing/cms/cms.h"
#include "signing/cms/cms_check.h"
#include "signing/cms/timestamp_token.h"
#include "signing/online/timestamp_client.h"
#include "signing/pades/document_security_store.h"
#include "signing/pades/form_field.h"
#include "signing/pades/signature_revision.h"

namespace sohoa {
namespace {

constexpr char kSignatureTimestamp[] = "1.2.840.113549.1.9.16.2.14";
constexpr int kMaxTries = 3;

/// Validation data of one signer: of the certificate that the CMS names; the others in it may
/// complete the path.
Result<ValidationData> dataOfSigner(const Cms& cms, const SigningServices& services, Time now,
                                    TrustPurpose purpose) {
  const X509* signer = signerOf(cms, {});
  if (signer == nullptr) {
    return ItemError{Stage::signing, Cause::pathMissing, "", "the signer's certificate is missing"};
  }
  std::vector<const X509*> extra;
  for (const Certificate& certificate : cms.certificates) extra.push_back(certificate.get());
  return collectValidationData(signer, extra, services.anchors->store(), *services.revocation, now,
                               purpose);
}

/// Validation data of a signature and of the timestamps inside it.
Result<ValidationData> dataOfContents(const std::string& contents, bool timestamp,
                                      const SigningServices& services, Time now) {
  const Cms cms = parseCms(contents);
  auto data = dataOfSigner(cms, services, now,
                           timestamp ? TrustPurpose::timestamping : TrustPurpose::signing);
  if (!data) return data;
  for (const CmsAttribute& attribute : cms.unsignedAttributes) {
    if (attribute.oid != kSignatureTimestamp) continue;
    for (const std::string_view token : attribute.values) {
      const auto more = dataOfSigner(parseCms(token), services, now, TrustPurpose::timestamping);
      if (!more) return more;
      data->add(*more);
    }
  }
  return data;
}

}  // namespace

Result<void> appendValidationData(IncrementalOutput& file, const SigningServices& services,
                                  Time now, WhoseData whose) {
  const PdfRevisions revisions(file.bytes());
  std::vector<StoreEntry> entries;
  for (const SignatureField& field : readSignatureFields(revisions)) {
    if (!field.filled || field.fault != SignatureFault::none) continue;
    try {
      auto data = dataOfContents(
          field.contents, revisions.get(field.dictionary, "SubFilter").isName("ETSI.RFC3161"),
          services, now);
      const bool newest = field.coverage == ByteCoverage::whole;
      if (!data && whose == WhoseData::newest && !newest) continue;
      if (!data) return data.error();
      entries.push_back({field.contents, *std::move(data)});
    } catch (const Asn1Error& error) {
      if (whose == WhoseData::newest && field.coverage != ByteCoverage::whole) continue;
      return ItemError{Stage::signing, Cause::signatureNotVerified, field.name, error.what()};
    }
  }
  IncrementalUpdate update(revisions);
  if (!addToSecurityStore(revisions, update, entries)) return {};
  const std::string bytes =
      update.render(digestOf(EVP_sha256(), file.digest().soFar() + "DSS").substr(0, 16)).bytes;
  file.append(bytes);
  return {};
}

Result<void> appendDocumentTimestamp(IncrementalOutput& file, const SigningServices& services) {
  std::size_t room = services.timestamps->expectedBytes();
  for (int tries = 0; tries < kMaxTries; ++tries) {
    std::string bytes;
    {
      const PdfRevisions revisions(file.bytes());
      const SigningForm form(revisions);
      IncrementalUpdate update(revisions);
      const auto appearance = placeAppearance(revisions, update, {});
      if (!appearance) return appearance.error();
      const PdfRef reference = update.allocate();
      addField(revisions, update, form.freeName("Timestamp1"), reference, *appearance);
      const SignatureDictionary dictionary("DocTimeStamp", "ETSI.RFC3161", room);
      update.put(reference, dictionary.text());
      SignatureRevision revision(file, update, dictionary, reference);
      const auto token = services.timestamps->stamp(file.digestKind(), revision.digest());
      if (!token) return token.error();
      if (token->size() > revision.room()) {
        room = token->size() + 64;
        continue;
      }
      revision.embed(*token);
      bytes = revision.bytes();
    }
    file.append(bytes);
    return {};
  }
  return ItemError{Stage::signing, Cause::timestampUnavailable, "",
                   "the token's size changes with every answer"};
}

}  // namespace sohoa
