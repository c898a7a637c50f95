#include "samples/drawing/scan.h"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sohoa::samples {
namespace {

using Plane = std::vector<std::uint8_t>;

/// Coverage of one ink over the image; empty when the page has none of it.
class Layer {
 public:
  Layer(const PageToImage& map, bool mirrored)
      : width_(map.width()),
        height_(map.height()),
        surface_(cairo_image_surface_create(CAIRO_FORMAT_A8, width_, height_)),
        cairo_(cairo_create(surface_)) {
    const auto& m = map.matrix();
    cairo_matrix_t matrix;
    cairo_matrix_init(&matrix, m[0], m[1], m[2], m[3], m[4], m[5]);
    cairo_set_matrix(cairo_, &matrix);
    if (mirrored) {
      cairo_translate(cairo_, kPageWidth, 0);
      cairo_scale(cairo_, -1, 1);
    }
    cairo_set_source_rgba(cairo_, 0, 0, 0, 1);
  }
  ~Layer() {
    cairo_destroy(cairo_);
    cairo_surface_destroy(surface_);
  }
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  cairo_t* cairo() { return cairo_; }

  Plane plane() {
    cairo_surface_flush(surface_);
    const int stride = cairo_image_surface_get_stride(surface_);
    const std::uint8_t* const from = cairo_image_surface_get_data(surface_);
    Plane plane(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_));
    for (int y = 0; y < height_; ++y) {
      std::copy_n(from + static_cast<std::ptrdiff_t>(y) * stride, width_,
                  plane.begin() + static_cast<std::ptrdiff_t>(y) * width_);
    }
    return plane;
  }

 private:
  int width_;
  int height_;
  cairo_surface_t* surface_;
  cairo_t* cairo_;
};

void drawMarks(cairo_t* cairo, const Page& page, Ink ink) {
  for (const Mark& mark : page.marks) {
    if (mark.ink == ink) {
      cairo_save(cairo);
      mark.draw(cairo);
      cairo_restore(cairo);
    }
  }
}

void drawToner(cairo_t* cairo, const Page& page) {
  for (const Line& line : page.lines) {
    cairo_move_to(cairo, line.x, line.baseline);
    pango_cairo_show_layout_line(
        cairo, pango_layout_get_line_readonly(line.layout.get(), line.lineOfLayout));
  }
  for (const Rule& rule : page.rules) {
    cairo_set_line_width(cairo, rule.width);
    cairo_move_to(cairo, rule.x1, rule.y1);
    cairo_line_to(cairo, rule.x2, rule.y2);
    cairo_stroke(cairo);
  }
  drawMarks(cairo, page, Ink::toner);
}

bool has(const Page& page, Ink ink) {
  return std::any_of(page.marks.begin(), page.marks.end(),
                     [ink](const Mark& mark) { return mark.ink == ink; });
}

void drawSpecks(cairo_t* cairo, int count, Random& random) {
  for (int i = 0; i < count; ++i) {
    // Dirt gathers at the edges.
    const bool edge = random.chance(0.4);
    const double x =
        edge ? (random.chance(0.5) ? random.real(0, 18) : kPageWidth - random.real(0, 18))
             : random.real(0, kPageWidth);
    const double radius = random.chance(0.93) ? random.real(0.08, 0.3) : random.real(0.3, 0.75);
    cairo_arc(cairo, x, random.real(0, kPageHeight), radius, 0, 2 * std::numbers::pi);
    cairo_fill(cairo);
  }
}

/// Gaussian blur, separable. A plane is blurred instead of the colours: the paper is smooth anyway.
void blur(Plane& plane, int width, int height, double sigma) {
  if (plane.empty() || sigma < 0.2) {
    return;
  }
  const int radius = std::max(1, static_cast<int>(std::ceil(sigma * 2.5)));
  std::vector<int> kernel(static_cast<std::size_t>(2 * radius + 1));
  double sum = 0;
  for (int i = -radius; i <= radius; ++i) {
    sum += std::exp(-i * i / (2 * sigma * sigma));
  }
  int total = 0;
  for (int i = -radius; i <= radius; ++i) {
    const int weight =
        static_cast<int>(std::lround(65536 * std::exp(-i * i / (2 * sigma * sigma)) / sum));
    kernel[static_cast<std::size_t>(i + radius)] = weight;
    total += weight;
  }
  kernel[static_cast<std::size_t>(radius)] += 65536 - total;
  const auto w = static_cast<std::size_t>(width);
  std::vector<std::uint8_t> padded(w + 2 * static_cast<std::size_t>(radius));
  for (int y = 0; y < height; ++y) {
    std::uint8_t* const row = plane.data() + static_cast<std::size_t>(y) * w;
    std::fill_n(padded.begin(), radius, row[0]);
    std::copy_n(row, width, padded.begin() + radius);
    std::fill_n(padded.begin() + radius + width, radius, row[width - 1]);
    for (std::size_t x = 0; x < w; ++x) {
      int value = 32768;
      for (std::size_t k = 0; k < kernel.size(); ++k) {
        value += kernel[k] * padded[x + k];
      }
      row[x] = static_cast<std::uint8_t>(value >> 16);
    }
  }
  std::vector<int> sums(w);
  Plane result(plane.size());
  for (int y = 0; y < height; ++y) {
    std::fill(sums.begin(), sums.end(), 32768);
    for (int k = -radius; k <= radius; ++k) {
      const int from = std::clamp(y + k, 0, height - 1);
      const std::uint8_t* const row = plane.data() + static_cast<std::size_t>(from) * w;
      const int weight = kernel[static_cast<std::size_t>(k + radius)];
      for (std::size_t x = 0; x < w; ++x) {
        sums[x] += weight * row[x];
      }
    }
    std::uint8_t* const out = result.data() + static_cast<std::size_t>(y) * w;
    for (std::size_t x = 0; x < w; ++x) {
      out[x] = static_cast<std::uint8_t>(sums[x] >> 16);
    }
  }
  plane.swap(result);
}

/// Smooth noise: random values on a grid, straight lines between.
class NoiseField {
 public:
  NoiseField(int width, int height, double cell, Random random)
      : cell_(cell), columns_(static_cast<std::size_t>(width / cell) + 3) {
    const std::size_t rows = static_cast<std::size_t>(height / cell) + 3;
    values_.resize(columns_ * rows);
    for (float& value : values_) {
      value = random.gaussian();
    }
  }

  /// The values along one row of the image.
  void row(int y, std::vector<float>& out) const {
    const double at = y / cell_;
    const auto above = static_cast<std::size_t>(at);
    const auto share = static_cast<float>(at - static_cast<double>(above));
    const float* const a = values_.data() + above * columns_;
    const float* const b = a + columns_;
    const double step = 1 / cell_;
    double position = 0;
    for (float& value : out) {
      const auto left = static_cast<std::size_t>(position);
      const auto part = static_cast<float>(position - static_cast<double>(left));
      const float top = a[left] + (a[left + 1] - a[left]) * part;
      const float low = b[left] + (b[left + 1] - b[left]) * part;
      value = top + (low - top) * share;
      position += step;
    }
  }

 private:
  double cell_;
  std::size_t columns_;
  std::vector<float> values_;
};

std::uint8_t level(float value) {
  return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F));
}

}  // namespace

PageToImage::PageToImage(const ScanSettings& settings) {
  const double scale = settings.dpi / 72.0;
  width_ = static_cast<int>(std::lround(kPageWidth * scale));
  height_ = static_cast<int>(std::lround(kPageHeight * scale));
  if (settings.rotation % 180 != 0) {
    std::swap(width_, height_);
  }
  cairo_matrix_t matrix;
  cairo_matrix_init_identity(&matrix);
  cairo_matrix_translate(&matrix, width_ / 2.0, height_ / 2.0);
  cairo_matrix_rotate(&matrix, (settings.rotation + settings.skewDegrees) * std::numbers::pi / 180);
  cairo_matrix_scale(&matrix, scale, scale);
  cairo_matrix_translate(&matrix, -kPageWidth / 2 + settings.shiftX,
                         -kPageHeight / 2 + settings.shiftY);
  matrix_ = {matrix.xx, matrix.yx, matrix.xy, matrix.yy, matrix.x0, matrix.y0};
}

std::array<int, 4> PageToImage::box(const Rect& rect) const {
  double left = 1e9;
  double top = 1e9;
  double right = -1e9;
  double bottom = -1e9;
  for (const double x : {rect.x, rect.right()}) {
    for (const double y : {rect.y, rect.bottom()}) {
      const double px = matrix_[0] * x + matrix_[2] * y + matrix_[4];
      const double py = matrix_[1] * x + matrix_[3] * y + matrix_[5];
      left = std::min(left, px);
      right = std::max(right, px);
      top = std::min(top, py);
      bottom = std::max(bottom, py);
    }
  }
  const int x0 = std::clamp(static_cast<int>(std::floor(left)), 0, width_ - 1);
  const int y0 = std::clamp(static_cast<int>(std::floor(top)), 0, height_ - 1);
  const int x1 = std::clamp(static_cast<int>(std::ceil(right)), x0 + 1, width_);
  const int y1 = std::clamp(static_cast<int>(std::ceil(bottom)), y0 + 1, height_);
  return {x0, y0, x1 - x0, y1 - y0};
}

Image scan(const Page& page, const Page* back, const ScanSettings& settings, Random random) {
  const PageToImage map(settings);
  const int width = map.width();
  const int height = map.height();
  const double pixel = settings.dpi / 300.0;
  const double sigma = settings.blur * pixel;

  Plane toner;
  {
    Layer layer(map, false);
    drawToner(layer.cairo(), page);
    Random dirt = random.fork("specks");
    drawSpecks(layer.cairo(), settings.specks, dirt);
    toner = layer.plane();
  }
  blur(toner, width, height, sigma);
  const auto inkPlane = [&](Ink ink) {
    Plane plane;
    if (has(page, ink)) {
      Layer layer(map, false);
      drawMarks(layer.cairo(), page, ink);
      plane = layer.plane();
      blur(plane, width, height, sigma + 0.25 * pixel);
    }
    return plane;
  };
  const Plane red = inkPlane(Ink::red);
  const Plane blue = inkPlane(Ink::blue);
  Plane behind;
  if (back != nullptr && settings.showThrough > 0) {
    Layer layer(map, true);
    drawToner(layer.cairo(), *back);
    drawMarks(layer.cairo(), *back, Ink::red);
    behind = layer.plane();
    blur(behind, width, height, 2.2 * pixel);
  }
  Plane sheet;
  {
    Layer layer(map, false);
    cairo_rectangle(layer.cairo(), 0, 0, kPageWidth, kPageHeight);
    cairo_fill(layer.cairo());
    sheet = layer.plane();
    blur(sheet, width, height, 0.8 * pixel);
  }
  Plane spots;
  if (settings.foxing > 0) {
    Layer layer(map, false);
    Random age = random.fork("foxing");
    for (int i = 0; i < settings.foxing; ++i) {
      cairo_set_source_rgba(layer.cairo(), 0, 0, 0, age.real(0.15, 0.7));
      cairo_arc(layer.cairo(), age.real(0, kPageWidth), age.real(0, kPageHeight), age.real(0.8, 7),
                0, 2 * std::numbers::pi);
      cairo_fill(layer.cairo());
    }
    spots = layer.plane();
    blur(spots, width, height, 3.0 * pixel);
  }

  const NoiseField fibres(width, height, 2.2 * pixel, random.fork("fibres"));
  const NoiseField grain(width, height, 1.7 * pixel, random.fork("grain"));
  const NoiseField stains(width, height, 320 * pixel, random.fork("stains"));
  const NoiseField patches(width, height, 46 * pixel, random.fork("patches"));
  const NoiseField streaks(width, 8, 34 * pixel, random.fork("streaks"));
  const auto w = static_cast<std::size_t>(width);
  std::vector<float> fibre(w);
  std::vector<float> grains(w);
  std::vector<float> stain(w);
  std::vector<float> patch(w);
  std::vector<float> streak(w);
  streaks.row(0, streak);
  Random sensor = random.fork("sensor");
  const auto sensorColumn = static_cast<std::size_t>(settings.sensorLineAt * width);
  const auto sensorWidth = static_cast<std::size_t>(std::lround(1.6 * pixel));
  const auto noise = static_cast<float>(settings.noise);
  const auto grainAmount = static_cast<float>(settings.tonerGrain);
  const auto blotches = static_cast<float>(settings.blotches);
  const auto fall = static_cast<float>(40.0 * pixel);

  Image image;
  image.width = width;
  image.height = height;
  image.data.resize(w * static_cast<std::size_t>(height) * 3);
  for (int y = 0; y < height; ++y) {
    fibres.row(y, fibre);
    grain.row(y, grains);
    stains.row(y, stain);
    patches.row(y, patch);
    const std::size_t start = static_cast<std::size_t>(y) * w;
    const float lightY =
        1.0F + static_cast<float>(settings.lightY * (static_cast<double>(y) / height - 0.5));
    const float topShadow = 1.0F - static_cast<float>(settings.edgeShadow) * 0.6F *
                                       std::exp(-static_cast<float>(y) / fall);
    for (std::size_t x = 0; x < w; ++x) {
      const std::size_t at = start + x;
      const float edges = static_cast<float>(x);
      float light =
          lightY * topShadow *
          (1.0F + static_cast<float>(settings.lightX) * (edges / static_cast<float>(w) - 0.5F));
      if (settings.edgeShadow > 0 && edges < 5 * fall) {
        light *= 1.0F - static_cast<float>(settings.edgeShadow) * std::exp(-edges / fall);
      }
      float t = static_cast<float>(toner[at]) * (1.0F / 255.0F);
      if (t > 0) {
        const float uneven = 1.0F + grainAmount * grains[x] + 0.35F * grainAmount * patch[x] +
                             static_cast<float>(settings.tonerStreaks) * std::min(0.0F, streak[x]);
        t = std::clamp(t * static_cast<float>(settings.tonerStrength) * uneven, 0.0F, 1.0F);
      }
      float r = red.empty() ? 0.0F : static_cast<float>(red[at]) * (1.0F / 255.0F);
      if (r > 0) {
        // A rubber stamp never inks evenly.
        r = std::clamp(r * static_cast<float>(settings.redStrength) *
                           (1.0F + 0.16F * grains[x] + 0.14F * patch[x]),
                       0.0F, 1.0F);
      }
      float b = blue.empty() ? 0.0F : static_cast<float>(blue[at]) * (1.0F / 255.0F);
      if (b > 0) {
        b = std::clamp(b * (0.88F + 0.08F * grains[x]), 0.0F, 1.0F);
      }
      const float through = behind.empty() ? 0.0F
                                           : static_cast<float>(behind[at]) *
                                                 static_cast<float>(settings.showThrough) / 255.0F;
      const float spot = spots.empty() ? 0.0F : static_cast<float>(spots[at]) * (1.0F / 255.0F);
      const float on = static_cast<float>(sheet[at]) * (1.0F / 255.0F);
      const float texture = 1.0F + static_cast<float>(settings.paperTexture) * fibre[x];
      const float age = blotches * (0.6F * stain[x] + 0.25F * patch[x]);
      const float common = sensor.gaussian() * noise;
      const bool lined = settings.sensorLine && x >= sensorColumn && x < sensorColumn + sensorWidth;
      for (std::size_t c = 0; c < 3; ++c) {
        // Age takes most from blue, least from red.
        const float ageing = 1.0F + age * (c == 2 ? 1.0F : (c == 1 ? 0.6F : 0.4F));
        float value = settings.paper[c] * texture * ageing;
        value *= 1.0F - through * (c == 0 ? 0.9F : 1.0F);
        value *= 1.0F - spot * (c == 2 ? 0.5F : (c == 1 ? 0.34F : 0.2F));
        value *= 1.0F - t * (1.0F - settings.toner[c]);
        value *= 1.0F - r * (1.0F - settings.red[c]);
        value *= 1.0F - b * (1.0F - settings.blue[c]);
        value = settings.lid[c] + (value - settings.lid[c]) * on;
        value *= light * 255.0F;
        value += common + 0.5F * noise * sensor.gaussian();
        if (lined) {
          value = value * 0.72F + (c == 1 ? 30.0F : 8.0F);
        }
        if (settings.clipBackground) {
          value = (value - 14.0F) * (255.0F / 196.0F);
        }
        const std::uint8_t sample = level(value);
        // A scanner that whitens the background also keeps fewer levels; PNG files profit.
        image.data[at * 3 + c] = settings.clipBackground && sample < 248
                                     ? static_cast<std::uint8_t>(sample & 0xF0U)
                                     : (settings.clipBackground ? std::uint8_t{255} : sample);
      }
    }
  }
  return image;
}

Image grey(const Image& colour) {
  Image result;
  result.width = colour.width;
  result.height = colour.height;
  result.channels = 1;
  result.data.resize(colour.data.size() / 3);
  for (std::size_t i = 0; i < result.data.size(); ++i) {
    const std::uint8_t* const p = colour.data.data() + 3 * i;
    result.data[i] = static_cast<std::uint8_t>((77 * p[0] + 151 * p[1] + 28 * p[2] + 128) >> 8);
  }
  return result;
}

Image blackAndWhite(const Image& colour, int threshold) {
  Image result = grey(colour);
  for (std::uint8_t& value : result.data) {
    value = value >= threshold ? 255 : 0;
  }
  return result;
}

}  // namespace sohoa::samples
