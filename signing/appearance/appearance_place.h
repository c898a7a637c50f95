#pragma once

// Where on a page the parts of an appearance stand.

#include <optional>

#include "core/result.h"
#include "signing/appearance/appearance.h"
#include "signing/appearance/page_geometry.h"

namespace sohoa {

/// Width and height of the parts, points; 0: there is none.
struct AppearanceSizes {
  double textWidth = 0, textHeight = 0, imageWidth = 0, imageHeight = 0;
  bool hasText() const { return textWidth > 0; }
  bool hasImage() const { return imageWidth > 0; }
};

/// Boxes of the parts; those of parts that are not there stay empty.
struct AppearanceBoxes {
  SeenBox text, image;
  SeenBox whole() const;
};

/// Image and text side by side, from 0, 0 on.
AppearanceBoxes standAlone(const AppearanceSizes& sizes);

/// `taken`: what the page has on it; `signature`: the newest visible signature of that page, for
/// overLeftOfSignature. Cause documentNotSigned: no such place on the page.
Result<AppearanceBoxes> chooseBoxes(const Appearance& appearance, const AppearanceSizes& sizes,
                                    const PageView& page, const std::vector<SeenBox>& taken,
                                    const SeenBox& signature);

/// The empty place between two lines of text in the right half of a page, lowest first, where a
/// signer's title and name leave room for a hand; nothing when there is none. The box is as wide as
/// what stands below it.
std::optional<SeenBox> signersGap(const PageView& page, const std::vector<SeenBox>& taken);

}  // namespace sohoa
