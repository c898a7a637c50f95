#pragma once

// Where on a page the parts of an appearance stand.

#include <optional>

#include "core/result.h"
#include "signing/appearance/appearance.h"
#include "signing/appearance/page_geometry.h"

namespace sohoa {

/// Width and height of the parts in points; 0: the part is missing.
struct AppearanceSizes {
  double textWidth = 0, textHeight = 0, imageWidth = 0, imageHeight = 0;
  bool hasText() const { return textWidth > 0; }
  bool hasImage() const { return imageWidth > 0; }
};

/// Boxes of the parts; the box of a missing part is empty.
struct AppearanceBoxes {
  SeenBox text, image;
  SeenBox whole() const;
};

/// Places image and text side by side, from 0, 0.
AppearanceBoxes standAlone(const AppearanceSizes& sizes);

/// Chooses the boxes on the page. `taken`: boxes of the page's content; `signature`: the newest
/// visible signature of that page, for overLeftOfSignature. Cause documentNotSigned: no such place
/// on the page.
Result<AppearanceBoxes> chooseBoxes(const Appearance& appearance, const AppearanceSizes& sizes,
                                    const PageView& page, const std::vector<SeenBox>& taken,
                                    const SeenBox& signature);

/// The lowest gap between two lines of text in the right half of a page, where a signer's title and
/// name leave room for a hand signature; nullopt without one. The box is as wide as the line below
/// it.
std::optional<SeenBox> signersGap(const PageView& page, const std::vector<SeenBox>& taken);

}  // namespace sohoa
