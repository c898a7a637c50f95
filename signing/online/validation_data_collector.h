#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "signing/certificates/certificate_path.h"
#include "signing/online/revocation_client.h"

namespace sohoa {

/// What proves later that certificates were good when they were used; DER, each once.
struct ValidationData {
  std::vector<std::string> certificates, ocspResponses, crls;
  void add(const ValidationData& other);
};

/// Everything for one signer: its path to an anchor, an answer about each certificate of the path
/// but the anchor, and the same for responders that do not belong to the issuer itself.
/// Cause revocationUnavailable, or certificateRevoked naming the certificate; pathMissing when the
/// signer leads to no anchor.
Result<ValidationData> collectValidationData(const X509* signer,
                                             const std::vector<const X509*>& extra,
                                             const TrustAnchors::Store& anchors,
                                             RevocationClient& revocation, Time now,
                                             TrustPurpose purpose = TrustPurpose::signing);

}  // namespace sohoa
