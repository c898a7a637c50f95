#include "pdf/access/paper_layer.h"

#include "pdf/access/page_pixels.h"

namespace sohoa {
namespace {

constexpr float kTolerance = 14;  // levels a channel: grain of paper and scanner

float lightness(const Rgb& rgb) { return 0.3F * rgb[0] + 0.59F * rgb[1] + 0.11F * rgb[2]; }

/// Paper grain dominates the file size. Sets pixels within grain amplitude of the surrounding paper
/// to the colour of that paper.
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
            grain = grain && std::abs(rgb[c] - paper[c]) <= kTolerance;
          }
        }
      }
      if (grain) page.colour[page.at(x, y)] = paper;
    }
  }
}

}  // namespace

Raster paperOf(Pix* page, Pix* ink, int cell) {
  const int width = pixGetWidth(page), height = pixGetHeight(page);
  const PixHandle wide(pixDilateBrick(nullptr, ink, 7, 7));  // soft edges are no paper
  Raster paper((width + cell - 1) / cell, (height + cell - 1) / cell);
  const Rows bits(wide.get()), inner(ink), pixels(page);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const Rgb rgb = rgbOf(pixels.row(y)[x]);
      // A seal reaches to the very letters that it covers.
      const bool seal = isRed(rgb) && GET_DATA_BIT(inner.row(y), x) == 0;
      if (seal || GET_DATA_BIT(bits.row(y), x) == 0) paper.add(x / cell, y / cell, rgb);
    }
  }
  paper.average();
  fillHoles(paper);
  smoothPaper(paper);
  return paper;
}

}  // namespace sohoa
