#pragma once

#include <memory>

#include "pipeline/site/site.h"
#include "signing/online/revocation_client.h"
#include "signing/online/timestamp_client.h"
#include "signing/pades/key_check.h"
#include "signing/pades/pades.h"
#include "signing/verify/verify.h"

namespace sohoa {

/// The timestamp authorities, revocation servers and trust anchors of a site, as sohoa.toml names
/// them. One thread at a time signs with them.
class SiteServices {
 public:
  /// Throws BatchError(siteConfig | keyMissing).
  explicit SiteServices(const Site& site);
  SigningServices get() const { return {timestamps_.get(), revocation_.get(), anchors_.get()}; }

 private:
  std::unique_ptr<TrustAnchors> anchors_;
  std::unique_ptr<TimestampClient> timestamps_;  ///< null: none is configured
  std::unique_ptr<RevocationClient> revocation_;
};

/// What is written in a file that holds one secret, without its line end. "credential:NAME" is a
/// credential that systemd hands to the service (systemd.exec(5), LoadCredential). Throws
/// BatchError(keyMissing).
std::string readSecret(const Site& site, const std::string& place);

}  // namespace sohoa
