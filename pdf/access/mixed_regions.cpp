#include "pdf/access/mixed_regions.h"

#include <vector>

#include "pdf/access/page_pixels.h"

namespace sohoa {
namespace {

constexpr int kTile = 32;           // pixels; a letter of body text at 300 dpi
constexpr int kLeastColoured = 24;  // pixels of a tile: a stroke that crosses it
constexpr int kLeastDark = 12;
constexpr std::size_t kMostPlaces = 200;
constexpr double kMostArea = 0.25;  // of the page
constexpr int kSoftEdge = 9;        // pixels around ink that are kept as they are, as a brick

struct Tiles {
  Tiles(int pageWidth, int pageHeight)
      : columns((pageWidth + kTile - 1) / kTile),
        rows((pageHeight + kTile - 1) / kTile),
        mixed(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 0) {}
  std::size_t at(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column);
  }
  int columns, rows;
  std::vector<char> mixed;
};

/// Tiles with ink of both kinds, and those around them with any of the two: a letter is not cut.
Tiles findTiles(Pix* page, Pix* ink, bool& any) {
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  Tiles tiles(width, height);
  std::vector<int> coloured(tiles.mixed.size()), dark(tiles.mixed.size());
  const Rows pixels(page), bits(ink);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const std::size_t tile = tiles.at(x / kTile, y / kTile);
      if (GET_DATA_BIT(bits.row(y), x) != 0) {
        ++dark[tile];
      } else if (isColoured(rgbOf(pixels.row(y)[x]))) {
        ++coloured[tile];
      }
    }
  }
  std::vector<char> core(tiles.mixed.size());
  for (std::size_t i = 0; i < core.size(); ++i) {
    core[i] = coloured[i] >= kLeastColoured && dark[i] >= kLeastDark ? 1 : 0;
    any = any || core[i] != 0;
  }
  for (int row = 0; row < tiles.rows; ++row) {
    for (int column = 0; column < tiles.columns; ++column) {
      const std::size_t i = tiles.at(column, row);
      bool near = false;
      for (int r = std::max(row - 1, 0); r <= std::min(row + 1, tiles.rows - 1); ++r) {
        for (int c = std::max(column - 1, 0); c <= std::min(column + 1, tiles.columns - 1); ++c) {
          near = near || core[tiles.at(c, r)] != 0;
        }
      }
      const bool inked = coloured[i] > 0 || dark[i] > 0;
      tiles.mixed[i] = core[i] != 0 || (near && inked) ? 1 : 0;
    }
  }
  return tiles;
}

/// The box of the tiles that hang together with this one, which are taken away.
PixelBox takeConnected(Tiles& tiles, int column, int row) {
  int left = column, right = column, top = row, bottom = row;
  std::vector<std::pair<int, int>> open = {{column, row}};
  tiles.mixed[tiles.at(column, row)] = 0;
  while (!open.empty()) {
    const auto [c0, r0] = open.back();
    open.pop_back();
    left = std::min(left, c0), right = std::max(right, c0);
    top = std::min(top, r0), bottom = std::max(bottom, r0);
    for (int r = std::max(r0 - 1, 0); r <= std::min(r0 + 1, tiles.rows - 1); ++r) {
      for (int c = std::max(c0 - 1, 0); c <= std::min(c0 + 1, tiles.columns - 1); ++c) {
        char& mixed = tiles.mixed[tiles.at(c, r)];
        if (mixed != 0) open.emplace_back(c, r);
        mixed = 0;
      }
    }
  }
  return {left * kTile, top * kTile, (right + 1 - left) * kTile, (bottom + 1 - top) * kTile};
}

bool meet(const PixelBox& a, const PixelBox& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

PixelBox joined(const PixelBox& a, const PixelBox& b) {
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

void joinThoseThatMeet(std::vector<PixelBox>& boxes) {
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    for (std::size_t k = i + 1; k < boxes.size(); ++k) {
      if (!meet(boxes[i], boxes[k])) continue;
      boxes[i] = joined(boxes[i], boxes[k]);
      boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(k));
      k = i;  // the box has grown: all the others anew
    }
  }
}

/// Ink of either kind with its soft edges, in a box; one bit a pixel.
PixHandle inkWithEdges(Pix* page, Pix* ink, const PixelBox& box) {
  PixHandle all(pixCreate(box.width, box.height, 1));
  if (!all) return all;
  const Rows pixels(page), dark(ink), bits(all.get());
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      const bool inked = GET_DATA_BIT(dark.row(box.y + y), box.x + x) != 0 ||
                         isColoured(rgbOf(pixels.row(box.y + y)[box.x + x]));
      if (inked) SET_DATA_BIT(bits.row(y), x);
    }
  }
  return PixHandle(pixDilateBrick(nullptr, all.get(), kSoftEdge, kSoftEdge));
}

}  // namespace

std::vector<PixelBox> mixedPlaces(Pix* page, Pix* ink) {
  bool any = false;
  Tiles tiles = findTiles(page, ink, any);
  if (!any) return {};
  std::vector<PixelBox> boxes;
  for (int row = 0; row < tiles.rows; ++row) {
    for (int column = 0; column < tiles.columns; ++column) {
      if (tiles.mixed[tiles.at(column, row)] == 0) continue;
      boxes.push_back(takeConnected(tiles, column, row));
      if (boxes.size() > kMostPlaces) return {};
    }
  }
  joinThoseThatMeet(boxes);
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  double area = 0;
  for (PixelBox& box : boxes) {
    box.width = std::min(box.width, width - box.x);
    box.height = std::min(box.height, height - box.y);
    area += static_cast<double>(box.width) * box.height;
  }
  if (area > kMostArea * width * height) return {};
  return boxes;
}

PixHandle pictureOf(Pix* page, Pix* ink, const PixelBox& box, const Raster& paper, int cell) {
  const PixHandle kept = inkWithEdges(page, ink, box);
  PixHandle picture(pixCreate(box.width, box.height, 32));
  if (!kept || !picture) return nullptr;
  const Rows pixels(page), near(kept.get()), out(picture.get());
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      const int pageX = box.x + x, pageY = box.y + y;
      const bool inked = GET_DATA_BIT(near.row(y), x) != 0;
      out.row(y)[x] = inked ? pixels.row(pageY)[pageX]
                            : pixelOf(sampled(paper, (pageX + 0.5) / cell, (pageY + 0.5) / cell));
    }
  }
  return picture;
}

}  // namespace sohoa
