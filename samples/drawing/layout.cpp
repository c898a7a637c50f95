#include "samples/drawing/layout.h"

#include <algorithm>
#include <utility>

namespace sohoa::samples {
namespace {

/// Room for the pen inside a printed line.
const std::string kNumberGap(11, ' ');
const std::string kDayGap(9, ' ');

class Composer {
 public:
  Composer(const DocumentText& text, const LayoutOptions& options, const Typesetter& typesetter)
      : text_(text), options_(options), typesetter_(typesetter) {
    width_ = kPageWidth - options.marginLeft - options.marginRight;
    newPage();
  }

  std::vector<Page> compose() {
    if (text_.agencyHeader) {
      header();
    } else {
      formHeader();
    }
    title();
    const std::size_t count = text_.blocks.size();
    for (std::size_t i = 0; i < count; ++i) {
      keepTogether(i);
      block(text_.blocks[i], i + 1 == count);
    }
    footer();
    return std::move(pages_);
  }

 private:
  Page& page() { return pages_.back(); }
  double bottom() const { return kPageHeight - options_.marginBottom; }

  /// A heading stays with what follows it, and a closing table with the signer.
  void keepTogether(std::size_t index) {
    const Block& block = text_.blocks[index];
    const bool heading = block.kind == BlockKind::centred ||
                         (block.kind == BlockKind::paragraph && block.text.starts_with("<b>") &&
                          block.text.ends_with("</b>"));
    if (!heading || index + 1 == text_.blocks.size()) {
      return;
    }
    double needed = 3 * options_.bodySize * 1.4;
    const Block& next = text_.blocks[index + 1];
    if (next.kind == BlockKind::table && index + 2 == text_.blocks.size()) {
      needed += static_cast<double>(next.table.rows.size()) * (options_.bodySize * 1.2 + 5) +
                footerHeight();
    } else if (next.kind == BlockKind::table) {
      needed += 30;
    }
    if (y_ + needed > bottom() && needed < 500) {
      newPage();
    }
  }

  void newPage() {
    pages_.emplace_back();
    y_ = options_.marginTop;
    if (pages_.size() > 1) {
      TextStyle style;
      style.size = 13;
      style.align = Align::centre;
      const TextBlock number = typesetter_.set(std::to_string(pages_.size()), width_, style);
      const double top = options_.pageNumberBelow ? kPageHeight - options_.marginBottom + 14
                                                  : options_.marginTop - 27;
      place(number, options_.marginLeft, top, "page_number");
    }
  }

  /// Places all lines; returns the ink of the block.
  Rect place(const TextBlock& block, double x, double y, const std::string& zone, int row = -1,
             int column = -1) {
    Rect ink;
    for (const Line& source : block.lines) {
      ink = around(ink, placeLine(source, x, y, zone, row, column));
    }
    return ink;
  }

  Rect placeLine(const Line& source, double x, double y, const std::string& zone, int row,
                 int column) {
    Line line = source;
    line.zone = zone;
    line.row = row;
    line.column = column;
    line.x += x;
    line.baseline += y;
    line.box.x += x;
    line.box.y += y;
    for (Word& word : line.words) {
      word.box.x += x;
      word.box.y += y;
    }
    const Rect box = line.box;
    if (!line.words.empty()) {
      page().lines.push_back(std::move(line));
    }
    return box;
  }

  void ruleBelow(const Rect& text, double share, double gap) {
    const double half = text.w * share / 2;
    const double y = text.bottom() + gap;
    page().rules.push_back({text.centreX() - half, y, text.centreX() + half, y, 0.7});
  }

  /// The gap between two words of a placed line becomes a place for the pen.
  void fillBetween(const Line& line, const std::string& left, const std::string& text,
                   double size) {
    for (std::size_t i = 0; i + 1 < line.words.size(); ++i) {
      if (line.words[i].text == left) {
        const double from = line.words[i].box.right();
        const double to = line.words[i + 1].box.x;
        page().fills.push_back(
            {{from, line.baseline - size, to - from, size * 1.1}, text, size, false});
        return;
      }
    }
  }

  void dateLine(double x, double width, double y, const std::string& zone) {
    const Fields& fields = text_.fields;
    TextStyle style;
    style.size = 13;
    style.italic = true;
    style.align = Align::centre;
    const std::string day = options_.dayByHand ? kDayGap : " " + twoDigits(fields.date.day) + " ";
    const std::string monthText =
        fields.date.month < 3 ? twoDigits(fields.date.month) : std::to_string(fields.date.month);
    const std::string month = options_.monthByHand ? kDayGap : " " + monthText + " ";
    const TextBlock date = typesetter_.set(
        fields.place + ", ngày" + day + "tháng" + month + "năm " + std::to_string(fields.date.year),
        width, style);
    place(date, x, y, zone);
    const Line line = page().lines.back();
    if (options_.dayByHand) {
      fillBetween(line, "ngày", twoDigits(fields.date.day), 17);
    }
    if (options_.monthByHand) {
      fillBetween(line, "tháng", monthText, 17);
    }
  }

  double nationalName(double x, double width, double y) {
    TextStyle style;
    style.bold = true;
    style.align = Align::centre;
    style.size = 12.5;
    const TextBlock name = typesetter_.set("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", width, style);
    place(name, x, y, "header_right");
    style.size = 13.5;
    const TextBlock motto = typesetter_.set("Độc lập - Tự do - Hạnh phúc", width, style);
    const Rect ink = place(motto, x, y + name.height + 1, "header_right");
    ruleBelow(ink, 1.0, 3.5);
    return y + name.height + motto.height + 6;
  }

  void header() {
    const Fields& fields = text_.fields;
    const double leftWidth = width_ * 0.405;
    const double rightX = options_.marginLeft + leftWidth + 4;
    const double rightWidth = width_ - leftWidth - 4;
    TextStyle style;
    style.align = Align::centre;
    style.size = 12.5;
    double y = y_;
    if (!fields.parentAgency.empty()) {
      const TextBlock parent = typesetter_.set(fields.parentAgency, leftWidth, style);
      place(parent, options_.marginLeft, y, "header_left");
      y += parent.height + 1;
    }
    style.bold = true;
    const TextBlock agency = typesetter_.set(fields.agency, leftWidth, style);
    const Rect ink = place(agency, options_.marginLeft, y, "header_left");
    ruleBelow(ink, 0.42, 3);
    y = std::max(y + agency.height + 7, y_ + 41);
    style.bold = false;
    style.size = 13;
    const std::string number = options_.numberByHand ? "Số:" + kNumberGap + "/" + fields.symbol
                                                     : "Số: " + fields.numberSymbol();
    const TextBlock numbered = typesetter_.set(number, leftWidth, style);
    place(numbered, options_.marginLeft, y, "header_left");
    if (options_.numberByHand) {
      const Line line = page().lines.back();
      fillBetween(line, "Số:", fields.number, 18);
    }
    const double afterNumber = y + numbered.height;
    const double under = nationalName(rightX, rightWidth, y_);
    const double dateY = std::max(under + 2, y);
    dateLine(rightX, rightWidth, dateY, "header_right");
    y_ = std::max(afterNumber, dateY + 16) + 16;
  }

  void formHeader() { y_ = nationalName(options_.marginLeft, width_, y_) + 22; }

  void title() {
    const Fields& fields = text_.fields;
    TextStyle style;
    style.bold = true;
    style.align = Align::centre;
    style.size = 14.5;
    style.letterSpacing = options_.titleLetterSpacing;
    const TextBlock type = typesetter_.set(fields.typeName, width_, style);
    Rect ink = place(type, options_.marginLeft, y_, "title");
    y_ += type.height + 2;
    style.letterSpacing = 0;
    style.size = 14;
    if (!fields.abstract.empty()) {
      const double inset = width_ * 0.07;
      const TextBlock abstract = typesetter_.set(fields.abstract, width_ - 2 * inset, style);
      ink = place(abstract, options_.marginLeft + inset, y_, "title");
      y_ += abstract.height;
    }
    page().rules.push_back({options_.marginLeft + width_ * 0.38, ink.bottom() + 5,
                            options_.marginLeft + width_ * 0.62, ink.bottom() + 5, 0.7});
    y_ += 15;
    if (!text_.issuerLine.empty()) {
      style.size = options_.bodySize;
      const TextBlock issuer = typesetter_.set(text_.issuerLine, width_, style);
      place(issuer, options_.marginLeft, y_, "title");
      y_ += issuer.height + 9;
    }
  }

  void block(const Block& block, bool last) {
    switch (block.kind) {
      case BlockKind::paragraph:
        text(block, Align::justify, options_.indent, last);
        break;
      case BlockKind::centred:
        y_ += 3;
        text(block, Align::centre, 0, last);
        y_ += 3;
        break;
      case BlockKind::formLine:
        formLine(block);
        break;
      case BlockKind::table:
        table(block.table);
        break;
      case BlockKind::space:
        y_ += 10;
        break;
    }
  }

  void text(const Block& block, Align align, double indent, bool last) {
    TextStyle style;
    style.size = options_.bodySize;
    style.align = align;
    style.indent = indent;
    style.lineSpacing = options_.lineSpacing;
    const TextBlock set = typesetter_.set(block.text, width_, style);
    // A signer never stands alone on a page: the last paragraph goes with him.
    if (last && y_ + set.height + footerHeight() > bottom() && set.height + footerHeight() < 600) {
      newPage();
    }
    double shift = y_;
    for (std::size_t i = 0; i < set.lines.size(); ++i) {
      if (shift + set.bottoms[i] > bottom()) {
        newPage();
        shift = y_ - set.tops[i];
      }
      page().lastLine = placeLine(set.lines[i], options_.marginLeft, shift, "body", -1, -1);
      y_ = shift + set.bottoms[i];
    }
    y_ += options_.paragraphGap;
  }

  void formLine(const Block& block) {
    TextStyle style;
    style.size = options_.bodySize;
    style.lineSpacing = std::max(1.25, options_.lineSpacing);
    const bool pen = text_.filledByHand;
    const TextBlock set =
        typesetter_.set(pen ? block.text : block.text + " " + block.filled, width_ - 10, style);
    if (y_ + set.height > bottom()) {
      newPage();
    }
    const Rect ink = place(set, options_.marginLeft + 10, y_, "body");
    page().lastLine = ink;
    if (pen) {
      const double baseline = page().lines.back().baseline;
      const double from = ink.right() + 4;
      page().fills.push_back({{from, baseline - 17, options_.marginLeft + width_ - from, 18.5},
                              block.filled,
                              17,
                              true});
    }
    y_ += set.height + 2;
  }

  void table(const Table& table) {
    y_ += 3;
    const double padding = 4;
    const double left = options_.marginLeft;
    double tableTop = y_;
    std::vector<double> edges = {left};
    for (const double share : table.widths) {
      edges.push_back(edges.back() + share * width_);
    }
    const auto closeGrid = [&](double end) {
      if (table.ruled) {
        for (const double edge : edges) {
          page().rules.push_back({edge, tableTop, edge, end, 0.6});
        }
      }
    };
    const auto horizontal = [&](double y) {
      if (table.ruled) {
        page().rules.push_back({edges.front(), y, edges.back(), y, 0.6});
      }
    };
    horizontal(y_);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      std::vector<TextBlock> cells;
      double height = 0;
      for (std::size_t column = 0; column < table.widths.size(); ++column) {
        TextStyle style;
        style.size = table.ruled ? options_.bodySize - 1.5 : options_.bodySize;
        style.bold = table.headed && row == 0;
        const bool wide = table.widths[column] > 0.25;
        style.align = style.bold || (table.ruled && !wide) ? Align::centre : Align::left;
        cells.push_back(typesetter_.set(table.rows[row][column],
                                        table.widths[column] * width_ - 2 * padding, style));
        height = std::max(height, cells.back().height + (table.ruled ? 5 : 2));
      }
      if (y_ + height > bottom()) {
        closeGrid(y_);
        newPage();
        tableTop = y_;
        horizontal(y_);
      }
      for (std::size_t column = 0; column < cells.size(); ++column) {
        place(cells[column], edges[column] + padding, y_ + (height - cells[column].height) / 2,
              table.ruled ? "table" : "list", static_cast<int>(row), static_cast<int>(column));
      }
      y_ += height;
      horizontal(y_);
    }
    closeGrid(y_);
    y_ += 7;
  }

  double footerHeight() const {
    return 118 + (text_.agencyHeader ? 0 : 20) +
           (text_.signers.empty() || text_.signers[0].heading.find('\n') == std::string::npos ? 0
                                                                                              : 16);
  }

  void footer() {
    y_ += 6;
    if (y_ + footerHeight() > bottom() + 12) {
      newPage();
    }
    const double top = y_;
    const double half = width_ / 2;
    if (!text_.recipients.empty()) {
      TextStyle style;
      style.size = 12;
      style.bold = true;
      style.italic = true;
      double y = top;
      const TextBlock heading = typesetter_.set("Nơi nhận:", half - 12, style);
      place(heading, options_.marginLeft, y, "recipients");
      y += heading.height;
      style = TextStyle{};
      style.size = 11;
      for (const std::string& recipient : text_.recipients) {
        const TextBlock line = typesetter_.set("- " + recipient, half - 12, style);
        place(line, options_.marginLeft, y, "recipients");
        y += line.height;
      }
    }
    double y = top;
    if (!text_.agencyHeader) {
      dateLine(options_.marginLeft + half * 0.8, half * 1.2, y, "signer");
      y += 19;
    }
    const std::size_t count = text_.signers.size();
    for (std::size_t i = 0; i < count; ++i) {
      const double columnWidth = count == 1 ? half : width_ / static_cast<double>(count);
      const double x = count == 1 ? options_.marginLeft + half
                                  : options_.marginLeft + columnWidth * static_cast<double>(i);
      signer(text_.signers[i], x, columnWidth, y, options_.nameStamped && count == 1);
    }
  }

  void signer(const Signer& signer, double x, double width, double y, bool stamped) {
    TextStyle style;
    style.size = 13;
    style.bold = true;
    style.align = Align::centre;
    SignerSpot spot;
    const TextBlock heading = typesetter_.set(signer.heading, width, style);
    spot.heading = place(heading, x, y, "signer");
    const double nameTop = y + heading.height + 66;
    spot.room = {x + width * 0.1, y + heading.height, width * 0.8, 64};
    const TextBlock name = typesetter_.set(signer.name, width, style);
    spot.nameText = signer.name;
    spot.stamped = stamped;
    if (stamped) {
      const Rect& ink = name.lines.front().box;
      spot.name = {x + ink.x, nameTop + ink.y, ink.w, ink.h};
    } else {
      spot.name = place(name, x, nameTop, "signer");
    }
    page().signers.push_back(spot);
    y_ = std::max(y_, nameTop + name.height);
  }

  const DocumentText& text_;
  const LayoutOptions& options_;
  const Typesetter& typesetter_;
  std::vector<Page> pages_;
  double width_ = 0;
  double y_ = 0;
};

}  // namespace

LayoutOptions drawLayout(Random& random) {
  LayoutOptions options;
  options.numberByHand = random.chance(0.7);
  options.dayByHand = options.numberByHand && random.chance(0.9);
  options.monthByHand = options.dayByHand && random.chance(0.3);
  options.nameStamped = random.chance(0.35);
  options.pageNumberBelow = random.chance(0.12);
  options.bodySize = random.chance(0.5) ? 14.0 : 13.0;
  options.lineSpacing = random.real(1.02, 1.22);
  options.paragraphGap = random.real(3, 7);
  options.indent = random.real(28, 40);
  options.titleLetterSpacing = random.chance(0.3) ? random.real(0.6, 2.4) : 0;
  options.marginTop = random.real(20, 24) * kPointsPerMillimetre;
  options.marginBottom = random.real(20, 24) * kPointsPerMillimetre;
  options.marginLeft = random.real(30, 34) * kPointsPerMillimetre;
  options.marginRight = random.real(15, 19) * kPointsPerMillimetre;
  return options;
}

std::vector<Page> layOut(const DocumentText& text, const LayoutOptions& options,
                         const Typesetter& typesetter) {
  return Composer(text, options, typesetter).compose();
}

}  // namespace sohoa::samples
