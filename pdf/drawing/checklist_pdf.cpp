#include "pdf/drawing/checklist_pdf.h"

#include "pdf/drawing/drawn_pages.h"

namespace sohoa {
namespace {

/// Millimetres.
constexpr double kLeft = 25, kRight = 195, kTop = 22, kFirst = 42, kBottom = 272, kFoot = 283;
constexpr double kBox = 4, kBehindBox = 6, kIndent = 8;
/// As long as a clerk still reads it; a name of a file may be of any length.
constexpr std::size_t kMostLines = 6;

struct Style {
  double size;  ///< points
  double left;  ///< of the text, or of the box before it
  bool box;
  double above;  ///< free space before it
};

Style styleOf(ListLine::Kind kind) {
  switch (kind) {
    case ListLine::Kind::heading:
      return {13, kLeft, true, 4};
    case ListLine::Kind::item:
      return {11, kLeft + kIndent, true, 1.5};
    case ListLine::Kind::note:
      break;
  }
  return {9.5, kLeft + kIndent + kBehindBox, false, 0};
}

double lineHeight(double size) { return size * 1.35 / kPointsPerMillimetre; }

struct Laid {
  Style style;
  ListLine::Kind kind;
  std::vector<std::string> texts;
  double left() const { return style.left + (style.box ? kBehindBox : 0); }
  double height() const {
    return style.above + static_cast<double>(texts.size()) * lineHeight(style.size);
  }
};

std::vector<Laid> layOut(const PrintedList& list, const EmbeddedFont& font) {
  std::vector<Laid> all;
  for (const ListLine& line : list.lines) {
    Laid laid{styleOf(line.kind), line.kind, {}};
    // Notes to a heading stand under its text.
    const bool ofHeading = line.kind == ListLine::Kind::note && !all.empty() &&
                           all.back().left() == styleOf(ListLine::Kind::heading).left + kBehindBox;
    if (ofHeading) laid.style.left = all.back().left();
    laid.texts = wrappedText(font, line.text, laid.style.size, kRight - laid.left(), kMostLines);
    all.push_back(std::move(laid));
  }
  return all;
}

/// Lines that stand on one page together, from `at`: a heading or an item, and what must follow.
std::size_t together(const std::vector<Laid>& all, std::size_t at) {
  std::size_t end = at + 1;
  bool heading = all[at].kind == ListLine::Kind::heading;
  for (; end < all.size(); ++end) {
    if (all[end].kind == ListLine::Kind::note) continue;
    if (!heading || all[end].kind == ListLine::Kind::heading) break;
    heading = false;  // its first item, with its notes
  }
  return end;
}

std::vector<std::vector<const Laid*>> paged(const std::vector<Laid>& all) {
  std::vector<std::vector<const Laid*>> pages(1);
  double used = kFirst;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = together(all, at);
    double height = 0;
    for (std::size_t i = at; i < end; ++i) height += all[i].height();
    if (used + height > kBottom && !pages.back().empty()) {
      pages.emplace_back();
      used = kFirst;
    }
    for (; at < end; ++at) {
      if (used + all[at].height() > kBottom && !pages.back().empty()) {
        pages.emplace_back();  // more notes than a page has room for
        used = kFirst;
      }
      pages.back().push_back(&all[at]);
      used += all[at].height();
    }
  }
  return pages;
}

std::string box(double left, double baseline) {
  return "0.8 w\n" + pointsOf(left) + " " + pointsOf(kA4Height - baseline - 0.6) + " " +
         pointsOf(kBox) + " " + pointsOf(kBox) + " re\nS\n";
}

std::string drawn(const std::vector<const Laid*>& page, const DrawnPages& pages) {
  std::string content;
  double top = kFirst;
  for (const Laid* line : page) {
    top += line->style.above;
    bool first = true;
    for (const std::string& text : line->texts) {
      top += lineHeight(line->style.size);
      if (first && line->style.box) content += box(line->style.left, top);
      content += pages.text(line->left(), top, line->style.size, text);
      first = false;
    }
  }
  return content;
}

}  // namespace

Result<std::string> listPdf(const PrintedList& list, const ListLook& look) {
  std::vector<std::string> files = {
      "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
      "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"};
  if (!look.font.empty()) files = {look.font};
  auto opened = openFirstFont(files);
  if (!opened) return opened.error();
  EmbeddedFont font = *std::move(opened);
  const std::vector<Laid> lines = layOut(list, font);
  const auto pages = paged(lines);
  const std::string agency = wrappedText(font, list.agency, 10, kRight - kLeft, 1).front();
  const std::string title = wrappedText(font, list.title, 15, kRight - kLeft, 1).front();
  const std::string printed = isoVietnam(look.printed).substr(0, 16);
  std::vector<std::string> feet;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    feet.push_back(printed + "   " + say(look.language, "page {} of {}", i + 1, pages.size()));
    font.use(feet.back());
  }
  font.use(agency);
  font.use(title);
  for (const Laid& line : lines) {
    for (const std::string& text : line.texts) font.use(text);
  }
  DrawnPages drawing(font);
  std::string seed = agency + title;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    const std::string content = drawn(pages[i], drawing);
    drawing.add(drawing.text(kLeft, kTop, 10, agency) + drawing.text(kLeft, kTop + 9, 15, title) +
                content + drawing.text(kLeft, kFoot, 9, feet[i]));
    seed += content;
  }
  return drawing.finish(seed);
}

}  // namespace sohoa
