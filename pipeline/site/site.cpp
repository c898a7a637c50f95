#include "pipeline/site/site.h"

#include <fmt/core.h>

#include <cstdlib>

#include "core/result.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& detail) { throw BatchError(Cause::siteConfig, detail); }

}  // namespace

Site Site::open(const fs::path& folder) {
  const fs::path file = folder / kConfigFile;
  if (!fs::exists(file)) throw BatchError(Cause::siteMissing, fs::absolute(folder).string());
  return Site(fs::canonical(folder), readConfig(file));
}

std::unique_ptr<Clock> Site::clock() const {
  const char* fixed = std::getenv("SOHOA_CLOCK");
  if (config_.demo && fixed) {
    const auto time = parseIsoTime(fixed);
    if (!time) refuse(fmt::format("SOHOA_CLOCK is no time: {}", fixed));
    return std::make_unique<FixedClock>(*time);
  }
  return std::make_unique<SystemClock>();
}

}  // namespace sohoa
