#include "pdf/page_layers.h"

#include <cmath>

#include "pdf/group4.h"
#include "pdf/ink_strengths.h"
#include "pdf/lept.h"
#include "pdf/raster.h"

namespace sohoa {
namespace {

constexpr double kBackgroundDpi = 130;  // seals and signatures live there
constexpr int kInkCell = 12;            // pixels of the page per pixel of the ink's colour
constexpr int kBackgroundQuality = 45, kInkQuality = 60;
/// Strengths of ink at the most; fewer where the layers would not be so many times smaller.
constexpr int kMostSteps = 3;
constexpr std::size_t kTimesSmaller = 6;
constexpr double kGuardDpi = 75;       // of the cells compared: a quarter of a letter
constexpr float kPaperTolerance = 14;  // levels a channel: grain of paper and scanner

struct Rows {
  explicit Rows(Pix* pix) : data(pixGetData(pix)), words(pixGetWpl(pix)) {}
  l_uint32* row(int y) const { return data + static_cast<std::ptrdiff_t>(y) * words; }
  l_uint32* data;
  l_int32 words;
};

l_uint32 pixelOf(const Rgb& colour) {
  l_uint32 pixel = 0;
  for (const float value : colour) {
    pixel = pixel << 8 | static_cast<l_uint32>(std::clamp(std::lround(value), 0L, 255L));
  }
  return pixel << 8;
}

/// Dark ink of any colour but red: seals shine through in the lightest of the three channels, and
/// what of them is dark stays with the paper, so that they do not tint the text they cover.
PixHandle darkInk(Pix* page) {
  const PixHandle lightest(pixConvertRGBToGrayMinMax(page, L_CHOOSE_MAX));
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  const int window = std::clamp(std::min(width, height) / 4, 2, 30);
  if (!lightest || std::min(width, height) < 2 * window + 4) return nullptr;
  Pix* found = nullptr;
  if (pixSauvolaBinarizeTiled(lightest.get(), window, 0.30F, 1, 1, nullptr, &found) != 0) return {};
  PixHandle ink(found);
  const Rows bits(ink.get()), pixels(page);
  for (int y = 0; y < height; ++y) {
    l_uint32* line = bits.row(y);
    const l_uint32* from = pixels.row(y);
    for (int x = 0; x < width; ++x) {
      if (GET_DATA_BIT(line, x) == 0) continue;
      if (isRed(rgbOf(from[x]))) CLEAR_DATA_BIT(line, x);
    }
  }
  return PixHandle(
      pixSelectBySize(ink.get(), 3, 3, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, nullptr));
}

Raster paperOf(Pix* page, Pix* ink, int cell) {
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  const PixHandle wide(pixDilateBrick(nullptr, ink, 7, 7));  // soft edges are no paper
  Raster paper((width + cell - 1) / cell, (height + cell - 1) / cell);
  const Rows bits(wide.get()), pixels(page);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (GET_DATA_BIT(bits.row(y), x) == 0) paper.add(x / cell, y / cell, rgbOf(pixels.row(y)[x]));
    }
  }
  paper.average();
  fillHoles(paper);
  return paper;
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

float lightness(const Rgb& rgb) { return 0.3F * rgb[0] + 0.59F * rgb[1] + 0.11F * rgb[2]; }

/// Grain is what makes paper heavy: a place that differs from the paper around it by no more than
/// grain does becomes that paper.
void smoothPaper(Raster& page) {
  constexpr int kCell = 24;
  Raster around((page.width + kCell - 1) / kCell, (page.height + kCell - 1) / kCell);
  for (int top = 0; top < page.height; top += kCell) {
    for (int left = 0; left < page.width; left += kCell) {
      const int bottom = std::min(top + kCell, page.height);
      const int right = std::min(left + kCell, page.width);
      float mean = 0;
      for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) mean += lightness(page.colour[page.at(x, y)]);
      }
      mean /= static_cast<float>((bottom - top) * (right - left));
      for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
          const Rgb& rgb = page.colour[page.at(x, y)];
          if (lightness(rgb) >= mean - 4) around.add(left / kCell, top / kCell, rgb);
        }
      }
    }
  }
  around.average();
  fillHoles(around);
  const Raster before = page;
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      const Rgb paper = sampled(around, (x + 0.5) / kCell, (y + 0.5) / kCell);
      bool grain = true;
      for (int dy = -1; dy <= 1 && grain; ++dy) {
        for (int dx = -1; dx <= 1 && grain; ++dx) {
          const Rgb& rgb = before.colour[before.at(std::clamp(x + dx, 0, page.width - 1),
                                                   std::clamp(y + dy, 0, page.height - 1))];
          for (std::size_t c = 0; c < 3; ++c) {
            grain = grain && std::abs(rgb[c] - paper[c]) <= kPaperTolerance;
          }
        }
      }
      if (grain) page.colour[page.at(x, y)] = paper;
    }
  }
}

std::string jpegOf(const Raster& raster, int quality) {
  const PixHandle pix(pixCreate(raster.width, raster.height, 32));
  if (!pix) return {};
  const Rows rows(pix.get());
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) rows.row(y)[x] = pixelOf(raster.colour[raster.at(x, y)]);
  }
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (pixWriteMemJpeg(&data, &size, pix.get(), quality, 0) != 0) return {};
  return takeBuffer(data, size);
}

Raster decoded(const std::string& jpeg) {
  PixHandle pix = decodePixels(jpeg);
  if (pix && pixGetDepth(pix.get()) != 32) pix.reset(pixConvertTo32(pix.get()));
  if (!pix) return {};
  Raster raster(pixGetWidth(pix.get()), pixGetHeight(pix.get()));
  const Rows rows(pix.get());
  for (int y = 0; y < raster.height; ++y) {
    for (int x = 0; x < raster.width; ++x) {
      raster.colour[raster.at(x, y)] = rgbOf(rows.row(y)[x]);
    }
  }
  return raster;
}

std::vector<InkLayer> inksOf(Pix* page, const std::vector<PixHandle>& shapes) {
  std::vector<InkLayer> inks;
  for (std::size_t k = 0; k < shapes.size(); ++k) {
    // The colour of what the next one does not cover.
    const PixHandle seen(pixCopy(nullptr, shapes[k].get()));
    if (k + 1 < shapes.size()) pixSubtract(seen.get(), seen.get(), shapes[k + 1].get());
    inks.push_back({jpegOf(coloursOf(page, seen.get()), kInkQuality), group4Of(shapes[k].get())});
  }
  return inks;
}

/// The page as a viewer puts it together, at a pixel: the last layer that is there.
class Composition {
 public:
  Composition(const PageLayers& layers, const std::vector<PixHandle>& shapes)
      : width_(layers.width), height_(layers.height), shapes_(shapes) {
    pictures_.push_back(decoded(layers.background));
    for (const InkLayer& ink : layers.inks) pictures_.push_back(decoded(ink.colour));
  }
  bool whole() const {
    return std::all_of(pictures_.begin(), pictures_.end(), [](auto& one) { return one.width > 0; });
  }
  const Rgb& at(int x, int y) const {
    std::size_t top = 0;
    while (top < shapes_.size() && GET_DATA_BIT(Rows(shapes_[top].get()).row(y), x) != 0) ++top;
    const Raster& from = pictures_[top];
    return from.colour[from.at(static_cast<int>((x + 0.5) * from.width / width_),
                               static_cast<int>((y + 0.5) * from.height / height_))];
  }

 private:
  int width_, height_;
  const std::vector<PixHandle>& shapes_;
  std::vector<Raster> pictures_;
};

/// Puts the layers together as a viewer does and compares, cell by cell: the largest difference of
/// five by five cells, the size of a letter.
double departureOf(Pix* page, const std::vector<PixHandle>& shapes, const PageLayers& layers,
                   int cell) {
  const Composition shown(layers, shapes);
  if (!shown.whole()) return 255;
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  Raster before((width + cell - 1) / cell, (height + cell - 1) / cell);
  Raster after = before;
  const Rows pixels(page);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      before.add(x / cell, y / cell, rgbOf(pixels.row(y)[x]));
      after.add(x / cell, y / cell, shown.at(x, y));
    }
  }
  before.average(), after.average();
  double worst = 0;
  for (int y = 0; y + 5 <= before.height; ++y) {
    for (int x = 0; x + 5 <= before.width; ++x) {
      double sum[3] = {0, 0, 0};
      for (int dy = 0; dy < 5; ++dy) {
        for (int dx = 0; dx < 5; ++dx) {
          const std::size_t i = before.at(x + dx, y + dy);
          for (std::size_t c = 0; c < 3; ++c) {
            sum[c] += std::abs(before.colour[i][c] - after.colour[i][c]);
          }
        }
      }
      for (const double value : sum) worst = std::max(worst, value / 25);
    }
  }
  return worst;
}

}  // namespace

std::optional<PageLayers> separateLayers(const PageImage& image) {
  PixHandle page = decodePixels(image.bytes);
  if (!page || pixGetDepth(page.get()) == 1) return std::nullopt;
  if (pixGetDepth(page.get()) != 32) page.reset(pixConvertTo32(page.get()));
  if (!page) return std::nullopt;
  const PixHandle core = darkInk(page.get());
  if (!core) return std::nullopt;
  const double dpi = std::max(image.xDpi, image.yDpi);
  const int cell = std::max(1, static_cast<int>(std::lround(dpi / kBackgroundDpi)));
  PageRaster paper{paperOf(page.get(), core.get(), cell), cell};
  smoothPaper(paper.raster);
  const PixHandle inside(pixErodeBrick(nullptr, core.get(), 2, 2));  // edges are half paper
  const PageRaster ink{coloursOf(page.get(), inside.get()), kInkCell};
  PageLayers layers;
  layers.width = pixGetWidth(page.get());
  layers.height = pixGetHeight(page.get());
  layers.background = jpegOf(paper.raster, kBackgroundQuality);
  if (layers.background.empty()) return std::nullopt;
  std::vector<PixHandle> shapes;
  for (int steps = kMostSteps; steps > 0; --steps) {
    shapes.clear();
    if (steps == 1) {
      shapes.emplace_back(pixCopy(nullptr, core.get()));
      layers.inks = {{jpegOf(ink.raster, kInkQuality), group4Of(core.get())}};
    } else {
      shapes = inkStrengths(page.get(), core.get(), paper, ink, steps);
      layers.inks = inksOf(page.get(), shapes);
    }
    if (steps == 1 || layers.bytes() * kTimesSmaller <= image.bytes.size()) break;
  }
  for (const InkLayer& one : layers.inks) {
    if (one.colour.empty() || one.shapes.empty()) return std::nullopt;
  }
  if (layers.inks.empty()) return std::nullopt;
  layers.departure = departureOf(page.get(), shapes, layers,
                                 std::max(1, static_cast<int>(std::lround(dpi / kGuardDpi))));
  return layers;
}

}  // namespace sohoa
