#include "pdf/page_layers.h"

#include <cmath>

#include "pdf/group4.h"
#include "pdf/lept.h"
#include "pdf/raster.h"

namespace sohoa {
namespace {

constexpr double kBackgroundDpi = 130;  // seals and signatures live there
constexpr int kInkCell = 12;            // pixels of the page per pixel of the ink's colour
constexpr int kBackgroundQuality = 45, kInkQuality = 60;
constexpr double kGuardDpi = 75;       // of the cells compared: a quarter of a letter
constexpr float kPaperTolerance = 14;  // levels a channel: grain of paper and scanner

struct Rows {
  explicit Rows(Pix* pix) : data(pixGetData(pix)), words(pixGetWpl(pix)) {}
  l_uint32* row(int y) const { return data + static_cast<std::ptrdiff_t>(y) * words; }
  l_uint32* data;
  l_int32 words;
};

Rgb rgbOf(l_uint32 pixel) {
  return {static_cast<float>(pixel >> 24), static_cast<float>(pixel >> 16 & 255),
          static_cast<float>(pixel >> 8 & 255)};
}

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
      const Rgb rgb = rgbOf(from[x]);
      if (rgb[0] - std::max(rgb[1], rgb[2]) > 40) CLEAR_DATA_BIT(line, x);
    }
  }
  return PixHandle(
      pixSelectBySize(ink.get(), 3, 3, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, nullptr));
}

Raster paperOf(Pix* page, Pix* ink, int cell) {
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  const PixHandle wide(pixDilateBrick(nullptr, ink, 3, 3));
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

Raster coloursOf(Pix* page, Pix* ink) {
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  PixHandle core(pixErodeBrick(nullptr, ink, 2, 2));  // edges are half paper
  Raster colours((width + kInkCell - 1) / kInkCell, (height + kInkCell - 1) / kInkCell);
  const Rows bits(core.get()), pixels(page);
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

/// Puts the layers together as a viewer does and compares, cell by cell: the largest difference of
/// five by five cells, the size of a letter.
double departureOf(Pix* page, Pix* ink, const PageLayers& layers, int cell) {
  const Raster background = decoded(layers.background), colours = decoded(layers.ink);
  if (background.width == 0 || colours.width == 0) return 255;
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  Raster before((width + cell - 1) / cell, (height + cell - 1) / cell);
  Raster after = before;
  const Rows bits(ink), pixels(page);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      before.add(x / cell, y / cell, rgbOf(pixels.row(y)[x]));
      const bool dark = GET_DATA_BIT(bits.row(y), x) != 0;
      const Raster& from = dark ? colours : background;
      const int cx = static_cast<int>((x + 0.5) * from.width / width);
      const int cy = static_cast<int>((y + 0.5) * from.height / height);
      after.add(x / cell, y / cell, from.colour[from.at(cx, cy)]);
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
  const PixHandle ink = darkInk(page.get());
  if (!ink) return std::nullopt;
  const double dpi = std::max(image.xDpi, image.yDpi);
  const int cell = std::max(1, static_cast<int>(std::lround(dpi / kBackgroundDpi)));
  Raster paper = paperOf(page.get(), ink.get(), cell);
  smoothPaper(paper);
  PageLayers layers;
  layers.width = pixGetWidth(page.get());
  layers.height = pixGetHeight(page.get());
  layers.background = jpegOf(paper, kBackgroundQuality);
  layers.ink = jpegOf(coloursOf(page.get(), ink.get()), kInkQuality);
  layers.shapes = group4Of(ink.get());
  if (layers.background.empty() || layers.ink.empty() || layers.shapes.empty()) return std::nullopt;
  layers.departure = departureOf(page.get(), ink.get(), layers,
                                 std::max(1, static_cast<int>(std::lround(dpi / kGuardDpi))));
  return layers;
}

}  // namespace sohoa
