#include "pdf/content/image_mask.h"

#include <string_view>

namespace sohoa {
namespace {

using Kind = PdfValue::Kind;

/// A seal leaves more than this share of what is under it to be seen.
constexpr double kSealed = 0.5;

/// Share of the samples that paint; 1 when it cannot be told.
double paintedShare(const PdfRevisions& file, std::size_t section, const PdfObject& mask,
                    bool stencil) try {
  const auto integer = [&](const char* key, std::int64_t otherwise) {
    const PdfValue value = file.get(mask.value, key, section);
    return value.is(Kind::integer) ? value.integer : otherwise;
  };
  constexpr std::int64_t kMaxSide = 20'000;
  const std::int64_t width = integer("Width", 0), height = integer("Height", 0);
  const std::int64_t bits = stencil ? 1 : integer("BitsPerComponent", 8);
  const bool sides = width > 0 && height > 0 && width <= kMaxSide && height <= kMaxSide;
  if (!sides || (bits != 1 && bits != 8)) return 1;
  const auto row = static_cast<std::size_t>((width * bits + 7) / 8);
  const std::string data = file.decoded(mask, section);
  if (data.size() < row * static_cast<std::size_t>(height)) return 1;
  std::size_t set = 0;
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    const auto* line = reinterpret_cast<const unsigned char*>(data.data()) + row * y;
    for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x) {
      const bool one = bits == 8 ? line[x] > 127 : (line[x / 8] >> (7 - x % 8) & 1) != 0;
      set += one ? 1 : 0;
    }
  }
  const double share = static_cast<double>(set) / static_cast<double>(width * height);
  const PdfValue decode = file.get(mask.value, "Decode", section);
  const bool turned = !decode.items.empty() && decode.items[0].number() == 1;
  // A stencil paints where its samples are 0 (8.9.6.2), a soft mask where they are 1.
  return stencil != turned ? 1 - share : share;
} catch (const PdfSyntaxError&) {
  return 1;
}

}  // namespace

bool imageHides(const PdfRevisions& file, std::size_t section, const PdfObject& image) {
  const PdfValue stencil = file.get(image.value, "ImageMask", section);
  if (stencil.boolean) return paintedShare(file, section, image, true) > kSealed;
  for (const char* key : {"SMask", "Mask"}) {
    const PdfValue* mask = image.value.find(key);
    if (mask == nullptr) continue;
    if (!mask->is(Kind::reference)) return true;
    const PdfObject object = file.object(mask->reference, section);
    return !object.hasStream ||
           paintedShare(file, section, object, key == std::string_view("Mask")) > kSealed;
  }
  return true;
}

}  // namespace sohoa
