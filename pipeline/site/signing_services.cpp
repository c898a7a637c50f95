#include "pipeline/site/signing_services.h"

#include <cstdlib>

#include "core/durable.h"
#include "core/result.h"

namespace sohoa {

namespace fs = std::filesystem;

std::string readSecret(const Site& site, const std::string& place) {
  constexpr std::string_view kCredential = "credential:";
  fs::path file = site.root() / place;
  if (place.starts_with(kCredential)) {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr) throw BatchError(Cause::keyMissing, "$CREDENTIALS_DIRECTORY is not set");
    file = fs::path(folder) / place.substr(kCredential.size());
  }
  std::string secret;
  try {
    secret = readFile(file);
  } catch (const fs::filesystem_error& error) {
    throw BatchError(Cause::keyMissing, error.what());
  }
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  return secret;
}

SiteServices::SiteServices(const Site& site)
    : anchors_(std::make_unique<TrustAnchors>(TrustAnchors::fromFolder(site.trust()))) {
  const Config& config = site.config();
  const auto limit = [](int seconds, HttpLimits limits) {
    limits.total = std::chrono::seconds(seconds);
    limits.connect = std::min(limits.connect, limits.total);
    return limits;
  };
  if (!config.timestamp.urls.empty()) {
    TimestampOptions options;
    options.limits = limit(config.timestamp.timeoutSeconds, options.limits);
    options.rest = std::chrono::seconds(config.timestamp.restSeconds);
    const std::string password = config.timestamp.passwordFile.empty()
                                     ? std::string()
                                     : readSecret(site, config.timestamp.passwordFile);
    for (const std::string& url : config.timestamp.urls) {
      options.authorities.push_back(
          {url, config.timestamp.policy, config.timestamp.user, password});
    }
    timestamps_ = std::make_unique<TimestampClient>(std::move(options), *anchors_);
  }
  RevocationOptions options;
  options.cache = site.state() / "revocation";
  options.keep = std::chrono::hours(config.revocation.keepHours);
  options.ocspUrl = config.revocation.ocspUrl;
  options.crlUrl = config.revocation.crlUrl;
  options.limits = limit(config.revocation.timeoutSeconds, options.limits);
  revocation_ = std::make_unique<RevocationClient>(std::move(options));
}

}  // namespace sohoa
