#include "pdf/access/layer_check.h"

#include "pdf/access/page_pixels.h"

namespace sohoa {
namespace {

constexpr int kSpot = 5;  // cells: a letter

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

/// The page as a viewer puts it together: at a place, the last layer that is there.
class Composition {
 public:
  Composition(const PageLayers& layers, Pix* shapes, int width, int height)
      : width_(width),
        height_(height),
        shapes_(shapes),
        across_((pixGetWidth(shapes) + width - 1) / width),
        down_((pixGetHeight(shapes) + height - 1) / height),
        paper_(decoded(layers.background)),
        ink_(decoded(layers.ink.colour)) {
    for (const PagePart& part : layers.parts) {
      parts_.emplace_back(part.box, decoded(part.picture));
      const Raster& shown = parts_.back().second;
      if (shown.width != part.box.width || shown.height != part.box.height) {
        parts_.back().second = {};
      }
    }
  }
  bool whole() const {
    return paper_.width > 0 && ink_.width > 0 &&
           std::all_of(parts_.begin(), parts_.end(),
                       [](const auto& part) { return part.second.width > 0; });
  }
  Rgb at(int x, int y) const {
    for (const auto& [box, part] : parts_) {
      const bool inside = x >= box.x && x < box.right() && y >= box.y && y < box.bottom();
      if (inside) return part.colour[part.at(x - box.x, y - box.y)];
    }
    const float inked = inkAt(x, y);
    const Rgb &paper = valueAt(paper_, x, y), &ink = valueAt(ink_, x, y);
    Rgb value;
    for (std::size_t c = 0; c < 3; ++c) value[c] = paper[c] + inked * (ink[c] - paper[c]);
    return value;
  }

 private:
  /// Share of a pixel that the shapes cover.
  float inkAt(int x, int y) const {
    const Rows rows(shapes_);
    int covered = 0;
    for (int down = 0; down < down_; ++down) {
      const double pointY = (y + (down + 0.5) / down_) * pixGetHeight(shapes_) / height_;
      for (int across = 0; across < across_; ++across) {
        const double pointX = (x + (across + 0.5) / across_) * pixGetWidth(shapes_) / width_;
        covered += GET_DATA_BIT(rows.row(static_cast<int>(pointY)), static_cast<int>(pointX));
      }
    }
    return static_cast<float>(covered) / static_cast<float>(across_ * down_);
  }
  const Rgb& valueAt(const Raster& from, int x, int y) const {
    return from.colour[from.at(static_cast<int>((x + 0.5) * from.width / width_),
                               static_cast<int>((y + 0.5) * from.height / height_))];
  }

  int width_, height_;  // pixels of the page
  Pix* shapes_;
  int across_, down_;  // places looked at in a pixel
  Raster paper_, ink_;
  std::vector<std::pair<PixelBox, Raster>> parts_;
};

}  // namespace

double departureOf(Pix* page, Pix* shapes, const PageLayers& layers, int cell) {
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  const Composition shown(layers, shapes, width, height);
  if (!shown.whole()) return 255;
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
  for (int y = 0; y + kSpot <= before.height; ++y) {
    for (int x = 0; x + kSpot <= before.width; ++x) {
      double sum[3] = {0, 0, 0};
      for (int dy = 0; dy < kSpot; ++dy) {
        for (int dx = 0; dx < kSpot; ++dx) {
          const std::size_t i = before.at(x + dx, y + dy);
          for (std::size_t c = 0; c < 3; ++c) {
            sum[c] += std::abs(before.colour[i][c] - after.colour[i][c]);
          }
        }
      }
      for (const double value : sum) worst = std::max(worst, value / (kSpot * kSpot));
    }
  }
  return worst;
}

}  // namespace sohoa
