#include "signing/appearance/appearance_place.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace sohoa {
namespace {

// Points. Blocks are placed in the top margin (NĐ 30/2020: 20-25 mm), their outer edge in line with
// the edge of the text (15-20 mm).
constexpr double kFromTop = 20, kFromSide = 42.5;
/// Distance between an image and its text.
constexpr double kBeside = 4;
/// Height of the gap for a hand signature: a lower gap has no room, a higher one is the empty part
/// of a page.
constexpr double kLeastGap = 30, kMostGap = 220;
/// Where the signer's column begins, as a share of the page's width; and the largest distance in
/// points between the centres of title and name.
constexpr double kRightHalf = 0.42, kSameColumn = 60;

SeenBox sized(double left, double top, double width, double height) {
  return {left, top, left + width, top + height};
}
SeenBox centred(double x, double y, double width, double height) {
  return sized(x - width / 2, y - height / 2, width, height);
}

/// Box of the text next to an image: the first free side, below, above, left, right; without one,
/// the free place nearest to the place below.
SeenBox beside(const SeenBox& image, const AppearanceSizes& sizes, const PageView& page,
               const std::vector<SeenBox>& taken) {
  const double w = sizes.textWidth, h = sizes.textHeight;
  const double middle = (image.top + image.bottom - h) / 2;
  const SeenBox below = sized((image.left + image.right - w) / 2, image.bottom + kBeside, w, h);
  const SeenBox sides[] = {below, sized(below.left, image.top - kBeside - h, w, h),
                           sized(image.left - kBeside - w, middle, w, h),
                           sized(image.right + kBeside, middle, w, h)};
  for (const SeenBox& side : sides) {
    const bool onPage = side.left >= 0 && side.top >= 0 && side.right <= page.width() &&
                        side.bottom <= page.height();
    if (onPage && isFree(taken, side)) return side;
  }
  std::vector<SeenBox> withImage = taken;
  withImage.push_back(image);
  return nearestFreePlace(page, withImage, below);
}

ItemError noPlace(const char* why) { return {Stage::signing, Cause::documentNotSigned, "", why}; }

}  // namespace

SeenBox AppearanceBoxes::whole() const {
  if (text.width() <= 0) return image;
  if (image.width() <= 0) return text;
  return text.joined(image);
}

AppearanceBoxes standAlone(const AppearanceSizes& sizes) {
  AppearanceBoxes boxes;
  const double height = std::max(sizes.imageHeight, sizes.textHeight);
  if (sizes.hasImage()) {
    boxes.image = sized(0, (height - sizes.imageHeight) / 2, sizes.imageWidth, sizes.imageHeight);
  }
  const double left = sizes.hasImage() ? sizes.imageWidth + kBeside : 0;
  if (sizes.hasText()) {
    boxes.text = sized(left, (height - sizes.textHeight) / 2, sizes.textWidth, sizes.textHeight);
  }
  return boxes;
}

std::optional<SeenBox> signersGap(const PageView& page, const std::vector<SeenBox>& taken) {
  const double half = kRightHalf * page.width();
  std::vector<SeenBox> column;
  for (const SeenBox& box : taken) {
    if (box.right > half && box.left < page.width()) column.push_back(box);
  }
  std::sort(column.begin(), column.end(),
            [](const SeenBox& a, const SeenBox& b) { return a.top < b.top; });
  std::vector<SeenBox> lines;  // boxes that overlap in height are one line
  for (const SeenBox& box : column) {
    if (!lines.empty() && box.top < lines.back().bottom) {
      lines.back() = lines.back().joined(box);
    } else {
      lines.push_back(box);
    }
  }
  const auto middle = [](const SeenBox& box) { return (box.left + box.right) / 2; };
  std::optional<SeenBox> found;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const SeenBox &title = lines[i - 1], &name = lines[i];
    const double gap = name.top - title.bottom;
    // Excludes body text, which begins at the left, and the page number at the foot of the page.
    const bool signer = title.left >= half && name.left >= half &&
                        std::abs(middle(title) - middle(name)) <= kSameColumn;
    if (signer && gap >= kLeastGap && gap <= kMostGap) {
      found = SeenBox{name.left, title.bottom, name.right, name.top};
    }
  }
  return found;
}

Result<AppearanceBoxes> chooseBoxes(const Appearance& appearance, const AppearanceSizes& sizes,
                                    const PageView& page, const std::vector<SeenBox>& taken,
                                    const SeenBox& signature) {
  AppearanceBoxes boxes = standAlone(sizes);
  const SeenBox block = boxes.whole();
  const auto moveTo = [&](const SeenBox& place) {
    const double x = place.left - block.left, y = place.top - block.top;
    boxes.text = boxes.text.moved(x, y);
    boxes.image = boxes.image.moved(x, y);
  };
  const double w = block.width(), h = block.height();
  const double mm = 72 / 25.4;
  switch (appearance.place) {
    case AppearancePlace::topRight:
      moveTo(nearestFreePlace(page, taken, sized(page.width() - kFromSide - w, kFromTop, w, h)));
      return boxes;
    case AppearancePlace::topLeft:
      moveTo(nearestFreePlace(page, taken, sized(kFromSide, kFromTop, w, h)));
      return boxes;
    case AppearancePlace::given:
      if (!sizes.hasImage()) {
        moveTo(centred(appearance.x * mm, appearance.y * mm, w, h));
        return boxes;
      }
      boxes.image =
          centred(appearance.x * mm, appearance.y * mm, sizes.imageWidth, sizes.imageHeight);
      break;
    case AppearancePlace::betweenTitleAndName: {
      const auto gap = signersGap(page, taken);
      if (!gap) return noPlace("no room between a signer's title and name was found on the page");
      // A hand signature may be reduced to fit; a seal may not (box 7c, box 8).
      const double shrink = std::min(1.0, gap->height() / std::max(1.0, sizes.imageHeight));
      boxes.image = centred((gap->left + gap->right) / 2, (gap->top + gap->bottom) / 2,
                            shrink * sizes.imageWidth, shrink * sizes.imageHeight);
      break;
    }
    case AppearancePlace::overLeftOfSignature: {
      if (signature.width() <= 0) return noPlace("no visible signature to put the seal on");
      const double right = signature.left + signature.width() / 3;
      boxes.image = sized(right - sizes.imageWidth,
                          (signature.top + signature.bottom - sizes.imageHeight) / 2,
                          sizes.imageWidth, sizes.imageHeight);
      break;
    }
  }
  if (sizes.hasText()) boxes.text = beside(boxes.image, sizes, page, taken);
  return boxes;
}

}  // namespace sohoa
