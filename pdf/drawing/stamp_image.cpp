#include "pdf/drawing/stamp_image.h"

#include <map>
#include <mutex>

#include "core/durable.h"
#include "pdf/images/leptonica.h"
#include "pdf/images/png_file.h"
#include "pdf/images/srgb_profile.h"
#include "pdf/util/deflate.h"
#include "pdf/util/file_identity.h"

namespace sohoa {
namespace {

/// A seal of 36 mm at 2400 dpi has 3400 pixels a side.
constexpr int kMaxSide = 5000;
/// Fainter than this it is ground, not ink.
constexpr unsigned kInk = 32;
constexpr std::size_t kMaxImages = 8;

ItemError refused(const std::filesystem::path& file, std::string why) {
  return {Stage::signing, Cause::documentNotSigned, file.string(), std::move(why)};
}

std::uint8_t onWhite(unsigned value, unsigned alpha) {
  return static_cast<std::uint8_t>((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

/// The pixels as RGB and mask; `image` has four samples a pixel.
void separate(Pix* image, StampImage& made) {
  std::string colours;
  const int rowBytes = (made.width + 7) / 8;
  std::string mask(static_cast<std::size_t>(rowBytes * made.height), '\0');
  colours.reserve(static_cast<std::size_t>(made.width) * static_cast<std::size_t>(made.height) * 3);
  for (int y = 0; y < made.height; ++y) {
    const l_uint32* row = pixGetData(image) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(image);
    for (int x = 0; x < made.width; ++x) {
      const l_uint32 pixel = row[x];
      const unsigned alpha = pixel & 0xff;
      for (const int shift : {24, 16, 8}) {
        const unsigned value = alpha < kInk ? 255 : onWhite(pixel >> shift & 0xff, alpha);
        colours += static_cast<char>(value);
      }
      if (alpha < kInk) {
        char& byte = mask[static_cast<std::size_t>(y * rowBytes + x / 8)];
        byte = static_cast<char>(byte | 0x80 >> x % 8);
      }
    }
  }
  made.colours = deflated(colours);
  made.mask = deflated(mask);
}

Result<std::shared_ptr<const StampImage>> readStamp(const std::filesystem::path& file) {
  std::string bytes;
  try {
    bytes = readFile(file);
  } catch (const std::filesystem::filesystem_error& error) {
    return refused(file, error.what());
  }
  if (!bytes.starts_with(kPngMagic)) return refused(file, "the image is not a PNG");
  const auto header = readPngHeader(bytes);
  if (!header) return refused(file, "the image cannot be read: " + header.error().detail);
  if (header->width > kMaxSide || header->height > kMaxSide) {
    return refused(file, "the image has more pixels than any seal needs");
  }
  if (!header->transparent) return refused(file, "the image has no transparent ground");
  PixHandle pixels = decodePixels(bytes);
  if (pixels && pixGetColormap(pixels.get()) != nullptr) {
    pixels.reset(pixRemoveColormap(pixels.get(), REMOVE_CMAP_WITH_ALPHA));
  }
  if (!pixels || pixGetDepth(pixels.get()) != 32 || pixGetSpp(pixels.get()) != 4) {
    return refused(file, "the image has no transparent ground");
  }
  auto made = std::make_shared<StampImage>();
  made->width = pixGetWidth(pixels.get());
  made->height = pixGetHeight(pixels.get());
  for (const Density& density : header->densities) {
    if (density.x > 0) made->widthPoints = 72.0 * made->width / density.x;
  }
  separate(pixels.get(), *made);
  return std::shared_ptr<const StampImage>(std::move(made));
}

}  // namespace

Result<std::shared_ptr<const StampImage>> StampImage::open(const std::filesystem::path& file) {
  static std::mutex mutex;
  static std::map<FileIdentity, std::shared_ptr<const StampImage>> images;
  const FileIdentity identity = identityOf(file);
  const std::lock_guard guard(mutex);
  if (const auto found = images.find(identity); found != images.end()) return found->second;
  auto made = readStamp(file);
  if (!made) return made;
  if (images.size() >= kMaxImages) images.clear();
  images[identity] = *made;
  return made;
}

PdfRef StampImage::addTo(IncrementalUpdate& update) const {
  static const std::string kProfile = deflated(srgbProfile());
  const auto stream = [&](PdfValue dictionary, const std::string& data) {
    const PdfRef reference = update.allocate();
    dictionary.set("Filter", PdfValue::ofName("FlateDecode"));
    update.putStream(reference, std::move(dictionary), data);
    return reference;
  };
  const auto image = [&](int bits) {
    PdfValue dictionary = PdfValue::ofDictionary();
    dictionary.set("Type", PdfValue::ofName("XObject"));
    dictionary.set("Subtype", PdfValue::ofName("Image"));
    dictionary.set("Width", PdfValue::ofInteger(width));
    dictionary.set("Height", PdfValue::ofInteger(height));
    dictionary.set("BitsPerComponent", PdfValue::ofInteger(bits));
    return dictionary;
  };
  PdfValue profile = PdfValue::ofDictionary();
  profile.set("N", PdfValue::ofInteger(3));
  const PdfRef space = stream(std::move(profile), kProfile);
  PdfValue stencil = image(1);
  PdfValue yes;
  yes.kind = PdfValue::Kind::boolean;
  yes.boolean = true;
  stencil.set("ImageMask", std::move(yes));
  const PdfRef maskRef = stream(std::move(stencil), mask);
  PdfValue shown = image(8);
  shown.set("ColorSpace",
            PdfValue::ofArray({PdfValue::ofName("ICCBased"), PdfValue::ofReference(space)}));
  shown.set("Mask", PdfValue::ofReference(maskRef));
  return stream(std::move(shown), colours);
}

}  // namespace sohoa
