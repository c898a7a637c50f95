#include "pdf/page_layers.h"

#include <array>

#include "pdf/group4.h"
#include "pdf/ink_share.h"
#include "pdf/layer_guard.h"
#include "pdf/mixed_places.h"
#include "pdf/page_pixels.h"
#include "pdf/paper_layer.h"

namespace sohoa {
namespace {

/// Of the paper with seals and pens; the finer one where the copy stays small all the same.
constexpr double kPaperDpi = 100, kFinePaperDpi = 150;
constexpr int kInkCell = 20;  // pixels of the page per pixel of the ink's colour
constexpr int kPaperQuality = 45, kInkQuality = 60, kMixedQuality = 45;
constexpr double kGuardDpi = 75;  // of the cells compared: a quarter of a letter
/// Of a seal's red channel: what is darker is text below the seal.
constexpr float kDarkestRed = 110;
/// The least that the layers are to be smaller than the image.
constexpr std::size_t kTimesSmaller = 6;

/// How dark ink is drawn. What tells Vietnamese marks apart are the soft edges of one or two
/// pixels: several strengths of ink keep them, and so do stencils finer than the page.
struct Drawing {
  std::vector<float> least;  ///< shares of ink, one a strength
  int across, down;          ///< points of a stencil to a pixel
};
/// From the truest to the smallest: 3, 2.1, 1.4 and 1 times the bytes. The first one that leaves
/// the page small enough is taken.
const std::array<Drawing, 4>& drawings() {
  static const std::array<Drawing, 4> all = {
      {{{0.2F, 0.5F, 0.8F}, 1, 1}, {{0.5F}, 2, 2}, {{0.5F}, 2, 1}, {{0.42F}, 1, 1}}};
  return all;
}

/// Dark ink of any colour but red: seals shine through in the lightest of the three channels, and
/// what of them is dark stays with the paper, so that they do not tint the text they cover.
PixHandle darkInk(Pix* page) {
  const PixHandle light(pixConvertRGBToGrayMinMax(page, L_CHOOSE_MAX));
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  const int window = std::clamp(std::min(width, height) / 4, 2, 30);
  if (!light || std::min(width, height) < 2 * window + 4) return nullptr;
  Pix* found = nullptr;
  if (pixSauvolaBinarizeTiled(light.get(), window, 0.30F, 1, 1, nullptr, &found) != 0) return {};
  PixHandle ink(found);
  const Rows bits(ink.get()), pixels(page);
  for (int y = 0; y < height; ++y) {
    l_uint32* line = bits.row(y);
    const l_uint32* from = pixels.row(y);
    for (int x = 0; x < width; ++x) {
      if (GET_DATA_BIT(line, x) == 0) continue;
      const Rgb rgb = rgbOf(from[x]);
      if (isRed(rgb) && rgb[0] > kDarkestRed) CLEAR_DATA_BIT(line, x);
    }
  }
  return PixHandle(
      pixSelectBySize(ink.get(), 3, 3, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, nullptr));
}

/// Of the pixels that `which` names.
Raster coloursOf(Pix* page, Pix* which) {
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  Raster colours((width + kInkCell - 1) / kInkCell, (height + kInkCell - 1) / kInkCell);
  const Rows bits(which), pixels(page);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (GET_DATA_BIT(bits.row(y), x) != 0) {
        colours.add(x / kInkCell, y / kInkCell, rgbOf(pixels.row(y)[x]));
      }
    }
  }
  colours.average();
  fillHoles(colours);
  return colours;
}

class Separation {
 public:
  explicit Separation(const PageImage& image)
      : image_(image), dpi_(std::max(image.xDpi, image.yDpi)), page_(decodePixels(image.bytes)) {}

  std::optional<PageLayers> make() {
    if (!page_ || pixGetDepth(page_.get()) == 1) return std::nullopt;
    if (pixGetDepth(page_.get()) != 32) page_.reset(pixConvertTo32(page_.get()));
    if (!page_) return std::nullopt;
    ink_ = darkInk(page_.get());
    if (!ink_) return std::nullopt;
    layers_.width = pixGetWidth(page_.get()), layers_.height = pixGetHeight(page_.get());
    paper_ = paperAt(kPaperDpi);
    layers_.background = jpegOf(paper_.raster, kPaperQuality);
    keepMixedPlaces();
    drawInk();
    if (layers_.background.empty() || layers_.inks.empty()) return std::nullopt;
    for (const InkLayer& one : layers_.inks) {
      if (one.colour.empty() || one.shapes.empty()) return std::nullopt;
    }
    for (const PagePart& part : layers_.parts) {
      if (part.picture.empty()) return std::nullopt;
    }
    refinePaper();
    layers_.departure = departureOf(page_.get(), shapes_, layers_,
                                    std::max(1, static_cast<int>(std::lround(dpi_ / kGuardDpi))));
    return std::move(layers_);
  }

 private:
  PageRaster paperAt(double dpi) const {
    const int cell = std::max(1, static_cast<int>(std::lround(dpi_ / dpi)));
    return {paperOf(page_.get(), ink_.get(), cell), cell};
  }

  bool isSmallEnough() const { return layers_.bytes() * kTimesSmaller <= image_.bytes.size(); }

  /// Their ink is in no stencil.
  void keepMixedPlaces() {
    plainInk_.reset(pixCopy(nullptr, ink_.get()));
    for (const PixelBox& box : mixedPlaces(page_.get(), ink_.get())) {
      const PixHandle picture = pictureOf(page_.get(), ink_.get(), box, paper_.raster, paper_.cell);
      if (!picture || !plainInk_) continue;
      layers_.parts.push_back({jpegOf(picture.get(), kMixedQuality), box});
      pixRasterop(plainInk_.get(), box.x, box.y, box.width, box.height, PIX_CLR, nullptr, 0, 0);
    }
  }

  void drawInk() {
    const PixHandle inside(pixErodeBrick(nullptr, ink_.get(), 2, 2));  // edges are half paper
    const PageRaster ink{coloursOf(page_.get(), inside.get()), kInkCell};
    const InkShare share(page_.get(), plainInk_.get(), paper_, ink);
    for (const Drawing& drawing : drawings()) {
      draw(drawing, share, ink);
      if (isSmallEnough()) break;
    }
  }

  void draw(const Drawing& drawing, const InkShare& share, const PageRaster& ink) {
    layers_.inks.clear();
    shapes_.clear();
    std::vector<PixHandle> plain;  // to take colours from
    for (const float least : drawing.least) {
      shapes_.push_back(share.stencil(least, drawing.across, drawing.down));
      plain.push_back(share.stencil(least, 1, 1));
    }
    for (std::size_t k = 0; k < shapes_.size(); ++k) {
      // The colour of what the next one does not cover.
      if (k + 1 < plain.size()) pixSubtract(plain[k].get(), plain[k].get(), plain[k + 1].get());
      const bool one = shapes_.size() == 1;
      layers_.inks.push_back(
          layerOf(jpegOf(one ? ink.raster : coloursOf(page_.get(), plain[k].get()), kInkQuality),
                  shapes_[k].get()));
    }
  }

  /// Seals that lie over no text look better on finer paper.
  void refinePaper() {
    std::string coarse = layers_.background;
    const PageRaster fine = paperAt(kFinePaperDpi);
    if (fine.cell >= paper_.cell) return;
    layers_.background = jpegOf(fine.raster, kPaperQuality);
    if (layers_.background.empty() || !isSmallEnough()) layers_.background = std::move(coarse);
  }

  static InkLayer layerOf(std::string colour, Pix* shapes) {
    return {std::move(colour), group4Of(shapes), pixGetWidth(shapes), pixGetHeight(shapes)};
  }

  const PageImage& image_;
  double dpi_;
  PixHandle page_, ink_, plainInk_;
  PageRaster paper_;
  std::vector<PixHandle> shapes_;
  PageLayers layers_;
};

}  // namespace

std::string jpegOf(Pix* pix, int quality) {
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (pixWriteMemJpeg(&data, &size, pix, quality, 1) != 0) return {};
  return takeBuffer(data, size);
}

std::string jpegOf(const Raster& raster, int quality) {
  const PixHandle pix(pixCreate(raster.width, raster.height, 32));
  if (!pix) return {};
  const Rows rows(pix.get());
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) rows.row(y)[x] = pixelOf(raster.colour[raster.at(x, y)]);
  }
  return jpegOf(pix.get(), quality);
}

std::optional<PageLayers> separateLayers(const PageImage& image) {
  return Separation(image).make();
}

}  // namespace sohoa
