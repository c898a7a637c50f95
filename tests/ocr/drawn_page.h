#pragma once

#include <memory>
#include <string>

#include "core/page.h"

namespace sohoa::test {

struct Ink {
  double red = 0.08, green = 0.08, blue = 0.1;
};
inline constexpr Ink kBlack{};
inline constexpr Ink kRed{0.8, 0.08, 0.1};
inline constexpr Ink kBlue{0.12, 0.18, 0.7};

enum class Align { left, centre, right };

/// An A4 page at 300 dpi drawn by the test itself: what the sample generator never makes. Lengths
/// in points from the top left corner.
class DrawnPage {
 public:
  explicit DrawnPage(double widthPoints = 595, double heightPoints = 842);
  ~DrawnPage();
  DrawnPage(const DrawnPage&) = delete;
  DrawnPage& operator=(const DrawnPage&) = delete;

  /// Text in a column of `width`, wrapped; `font` as Pango writes it ("Liberation Serif Bold 13").
  /// Returns the y below it.
  double text(double x, double y, double width, const std::string& font, const std::string& words,
              Align align = Align::left, Ink ink = kBlack);
  void line(double x0, double y0, double x1, double y1, Ink ink = kBlack, double thick = 0.7);
  void fill(double x, double y, double width, double height, Ink ink = kBlack);
  /// A ring, mixed with what lies under it as ink is.
  void ring(double x, double y, double radius, Ink ink);
  /// A pen's scrawl of loops over a line of `width`.
  void scrawl(double x, double y, double width, unsigned seed, Ink ink);
  /// A picture with every shade of grey.
  void photograph(double x, double y, double width, double height);
  /// A rectangular stamp's frame with two lines in it.
  void frame(double x, double y, double width, double height, Ink ink);
  /// Text written by hand: letters of `font` that jump, lean and differ in size, shrunk into
  /// `width`; `base` is the y of their line.
  void pen(double x, double width, double base, const std::string& font, double size,
           const std::string& words, Ink ink, unsigned seed);
  double width(const std::string& font, const std::string& words) const;
  /// Everything drawn from now on is turned about the page's middle.
  void turn(double degrees);
  /// Strength of black ink drawn from now on, 1 = as given.
  void fade(double strength);

  PageImage image() const;
  /// As a scanner would give it: blurred (sigma in pixels), noisy (sigma of a sample), JPEG.
  PageImage scanned(double dpi, double blur, double noise, int quality, unsigned seed) const;

 private:
  struct Surface;
  std::unique_ptr<Surface> surface_;
  double width_, height_, strength_ = 1;
};

}  // namespace sohoa::test
