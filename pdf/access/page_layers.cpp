#include "pdf/access/page_layers.h"

#include <array>

#include "pdf/access/ink_colour.h"
#include "pdf/access/ink_coverage.h"
#include "pdf/access/layer_check.h"
#include "pdf/access/mixed_regions.h"
#include "pdf/access/page_pixels.h"
#include "pdf/access/paper_layer.h"
#include "pdf/images/ccitt_group4.h"

namespace sohoa {
namespace {

constexpr double kFinePaperDpi = 150;  // where the copy stays small all the same
constexpr int kInkCell = 20;           // pixels of the page per pixel of the ink's colour
constexpr int kPaperQuality = 30, kFinePaperQuality = 45, kInkQuality = 60;
constexpr double kGuardDpi = 75;  // of the cells compared: a quarter of a letter
/// Of a seal's red channel: what is darker is text below the seal.
constexpr float kDarkestRed = 110;
/// The least that the layers are to be smaller than the image.
constexpr std::size_t kTimesSmaller = 6;

/// How dark ink is drawn. What tells Vietnamese marks apart are the soft edges of one or two
/// pixels: stencils finer than the page keep them, down more than across.
struct Drawing {
  float least;          ///< share of ink
  double across, down;  ///< points of the stencil to a pixel
};
/// From the truest to the smallest, 2 times the bytes to 1.
constexpr std::array<Drawing, 6> kDrawings = {{{0.53F, 2, 2},
                                               {0.53F, 1.5, 2},
                                               {0.53F, 1.25, 2},
                                               {0.53F, 1, 2},
                                               {0.46F, 1, 1.5},
                                               {0.42F, 1, 1}}};

/// What the other layers may cost: the first one, and in it the truest drawing, that leaves the
/// page small enough is taken. Quality of the mixed places is given up late, before the edges of
/// all other letters are.
struct Economy {
  double paperDpi;
  int mixedQuality;
  std::size_t firstDrawing, lastDrawing;
};
constexpr std::array<Economy, 2> kEconomies = {{{100, 45, 0, 3}, {75, 30, 3, 5}}};

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
    for (const Economy& economy : kEconomies) {
      paper_ = paperAt(economy.paperDpi);
      layers_.background = jpegOf(paper_.raster, kPaperQuality);
      keepMixedPlaces(economy.mixedQuality);
      drawInk(economy);
      if (isSmallEnough()) break;
    }
    const InkLayer& ink = layers_.ink;
    if (layers_.background.empty() || ink.colour.empty() || ink.shapes.empty()) return std::nullopt;
    for (const PagePart& part : layers_.parts) {
      if (part.picture.empty()) return std::nullopt;
    }
    refinePaper();
    layers_.departure = departureOf(page_.get(), shapes_.get(), layers_,
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
  void keepMixedPlaces(int quality) {
    layers_.parts.clear();
    plainInk_.reset(pixCopy(nullptr, ink_.get()));
    for (const PixelBox& box : mixedPlaces(page_.get(), ink_.get())) {
      const PixHandle picture = pictureOf(page_.get(), ink_.get(), box, paper_.raster, paper_.cell);
      if (!picture || !plainInk_) continue;
      layers_.parts.push_back({jpegOf(picture.get(), quality), box});
      pixRasterop(plainInk_.get(), box.x, box.y, box.width, box.height, PIX_CLR, nullptr, 0, 0);
    }
  }

  void drawInk(const Economy& economy) {
    const PixHandle inside(pixErodeBrick(nullptr, ink_.get(), 2, 2));  // edges are half paper
    const PageRaster ink{inkColours(page_.get(), inside.get(), kInkCell), kInkCell};
    const InkShare share(page_.get(), plainInk_.get(), paper_, ink);
    layers_.ink.colour = jpegOf(ink.raster, kInkQuality);
    for (std::size_t i = economy.firstDrawing; i <= economy.lastDrawing; ++i) {
      const Drawing& drawing = kDrawings[i];
      shapes_ = share.stencil(drawing.least, drawing.across, drawing.down);
      layers_.ink.shapes = group4Of(shapes_.get());
      layers_.ink.width = pixGetWidth(shapes_.get());
      layers_.ink.height = pixGetHeight(shapes_.get());
      if (isSmallEnough()) break;
    }
  }

  /// Seals that lie over no text look better on finer paper.
  void refinePaper() {
    const PageRaster fine = paperAt(kFinePaperDpi);
    if (fine.cell >= paper_.cell) return;
    std::string coarse = layers_.background;
    for (const int quality : {kFinePaperQuality, kPaperQuality}) {
      layers_.background = jpegOf(fine.raster, quality);
      if (!layers_.background.empty() && isSmallEnough()) return;
    }
    layers_.background = std::move(coarse);
  }

  const PageImage& image_;
  double dpi_;
  PixHandle page_, ink_, plainInk_, shapes_;
  PageRaster paper_;
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
