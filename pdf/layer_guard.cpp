#include "pdf/layer_guard.h"

#include "pdf/page_pixels.h"

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
  Composition(const PageLayers& layers, const std::vector<PixHandle>& shapes, int width, int height)
      : width_(width), height_(height), shapes_(shapes) {
    pictures_.push_back(decoded(layers.background));
    for (const InkLayer& ink : layers.inks) {
      pictures_.push_back(decoded(ink.colour));
      across_ = std::max(across_, ink.width / width);
      down_ = std::max(down_, ink.height / height);
    }
    for (const PagePart& part : layers.parts) {
      parts_.emplace_back(part.box, decoded(part.picture));
      const Raster& shown = parts_.back().second;
      if (shown.width != part.box.width || shown.height != part.box.height) {
        parts_.back().second = {};
      }
    }
  }
  bool whole() const {
    const auto fine = [](const Raster& one) { return one.width > 0; };
    return std::all_of(pictures_.begin(), pictures_.end(), fine) &&
           std::all_of(parts_.begin(), parts_.end(),
                       [&](const auto& part) { return fine(part.second); });
  }
  /// A pixel of the page: the mean of the finest shapes' points in it.
  Rgb at(int x, int y) const {
    for (const auto& [box, part] : parts_) {
      const bool inside = x >= box.x && x < box.right() && y >= box.y && y < box.bottom();
      if (inside) return part.colour[part.at(x - box.x, y - box.y)];
    }
    Rgb sum{};
    for (int down = 0; down < down_; ++down) {
      for (int across = 0; across < across_; ++across) {
        const Rgb& point = pointAt(x, y, x * across_ + across, y * down_ + down);
        for (std::size_t c = 0; c < 3; ++c) sum[c] += point[c];
      }
    }
    for (float& value : sum) value /= static_cast<float>(across_ * down_);
    return sum;
  }

 private:
  const Rgb& pointAt(int x, int y, int fineX, int fineY) const {
    std::size_t top = shapes_.size();
    for (; top > 0; --top) {
      Pix* shape = shapes_[top - 1].get();
      const int pointX = fineX * (pixGetWidth(shape) / width_) / across_;
      const int pointY = fineY * (pixGetHeight(shape) / height_) / down_;
      if (GET_DATA_BIT(Rows(shape).row(pointY), pointX) != 0) break;
    }
    const Raster& from = pictures_[top];
    return from.colour[from.at(static_cast<int>((x + 0.5) * from.width / width_),
                               static_cast<int>((y + 0.5) * from.height / height_))];
  }

  int width_, height_;         // pixels of the page
  int across_ = 1, down_ = 1;  // points of the finest shapes to one of them
  const std::vector<PixHandle>& shapes_;
  std::vector<Raster> pictures_;
  std::vector<std::pair<PixelBox, Raster>> parts_;
};

}  // namespace

double departureOf(Pix* page, const std::vector<PixHandle>& shapes, const PageLayers& layers,
                   int cell) {
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
