#pragma once

#include <filesystem>
#include <string>

#include "core/clock.h"
#include "pipeline/site/appearance_kind.h"
#include "pipeline/site/site.h"
#include "signing/appearance/appearance.h"

namespace sohoa {

/// Values of one signature that the site's configuration cannot hold.
struct AppearanceFacts {
  std::string signer;           ///< for `scan`: the name in the certificate
  std::string number;           ///< for `attachment`: number and symbol of the main document
  std::filesystem::path image;  ///< PNG; empty: the site's seal, in the cases that show a seal
  double imageMillimetres = 0;
};

/// Builds position, lines and image. `at` is the signing time, as written to /M.
Appearance appearanceOf(AppearanceCase what, const Site& site, Time at,
                        const AppearanceFacts& facts = {});

}  // namespace sohoa
