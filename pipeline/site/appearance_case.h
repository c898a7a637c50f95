#pragma once

#include <filesystem>
#include <string>

#include "core/clock.h"
#include "pipeline/site/appearance_kind.h"
#include "pipeline/site/site.h"
#include "signing/appearance/appearance.h"

namespace sohoa {

/// What a case shows beside what the site's configuration says.
struct AppearanceFacts {
  std::string signer;           ///< of `scan`: the name in the certificate
  std::string number;           ///< of `attachment`: number and symbol of the main document
  std::filesystem::path image;  ///< PNG; empty: the site's seal where the case shows a seal
  double imageMillimetres = 0;
};

/// Place, lines and image. `at` is the signing time, the one that stands in /M.
Appearance appearanceOf(AppearanceCase what, const Site& site, Time at,
                        const AppearanceFacts& facts = {});

}  // namespace sohoa
