#include "ocr/layout/segments.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sohoa {
namespace {

bool ruleBetween(const std::vector<Rule>& rules, const Component& a, const Component& b) {
  const double y = (std::max(a.top, b.top) + std::min(a.bottom, b.bottom)) / 2.0;
  return std::any_of(rules.begin(), rules.end(), [&](const Rule& r) {
    return !r.horizontal && r.top <= y && y <= r.bottom && r.left >= a.centreX() &&
           r.right <= b.centreX() + 1;
  });
}

double medianOf(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

class Chainer {
 public:
  Chainer(const Components& components, const std::vector<Rule>& rules, int letter)
      : all_(components.all), rules_(rules), letter_(letter), parent_(all_.size()) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }

  std::vector<Segment> run() {
    for (int i = 0; i < static_cast<int>(all_.size()); ++i) {
      (isLetter(at(i)) ? letters_ : others_).push_back(i);
    }
    const auto fromLeft = [&](int a, int b) { return at(a).left < at(b).left; };
    std::sort(letters_.begin(), letters_.end(), fromLeft);
    othersFromLeft_ = others_;
    std::sort(othersFromLeft_.begin(), othersFromLeft_.end(), fromLeft);
    chain();
    collect();
    for (Segment& segment : segments_) measure(segment);
    attachMarks();
    return std::move(segments_);
  }

 private:
  const Component& at(int i) const { return all_[static_cast<std::size_t>(i)]; }

  bool isLetter(const Component& c) const {
    const double h = c.height(), w = c.width();
    return h >= 0.62 * letter_ && h <= 3.0 * letter_ && w >= 0.08 * letter_ && w <= 12.0 * letter_;
  }

  int root(int i) {
    while (parent_[static_cast<std::size_t>(i)] != i) i = parent_[static_cast<std::size_t>(i)];
    return i;
  }

  void chain() {
    const double gapLimit = 1.0 * letter_;
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      const Component& a = at(letters_[i]);
      int best = -1;
      double bestGap = 1e9;
      for (std::size_t j = i + 1; j < letters_.size(); ++j) {
        const Component& b = at(letters_[j]);
        const double gap = b.left - a.right;
        const double limit = std::max(gapLimit, 0.8 * std::min(a.height(), b.height()));
        if (b.left - a.right > std::max(gapLimit, 0.8 * a.height())) break;
        if (gap > limit) continue;
        const int overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
        const int smaller = std::min(a.height(), b.height());
        const int larger = std::max(a.height(), b.height());
        if (overlap * 2 < smaller || overlap * 100 < larger * 38) continue;
        if (gap < bestGap && !ruleBetween(rules_, a, b)) {
          best = letters_[j];
          bestGap = gap;
        }
      }
      if (best >= 0) {
        const int ra = root(letters_[i]), rb = root(best);
        if (ra != rb) parent_[static_cast<std::size_t>(std::max(ra, rb))] = std::min(ra, rb);
      }
    }
  }

  void collect() {
    std::vector<int> segmentOf(all_.size(), -1);
    for (const int i : letters_) {
      const auto r = static_cast<std::size_t>(root(i));
      if (segmentOf[r] < 0) {
        segmentOf[r] = static_cast<int>(segments_.size());
        segments_.emplace_back();
      }
      segments_[static_cast<std::size_t>(segmentOf[r])].parts.push_back(i);
    }
  }

  void measure(Segment& segment) const {
    segment.left = segment.top = 1 << 30;
    for (const int i : segment.parts) grow(segment, at(i));
    segment.base = baselineOf(segment);
    std::vector<double> heights;
    for (const int i : segment.parts) {
      if (std::abs(at(i).bottom - segment.base) <= slack()) heights.push_back(at(i).height());
    }
    segment.letter = medianOf(std::move(heights));
  }

  double slack() const { return std::max(0.12 * letter_, 3.0); }

  /// The height on which most letters stand; of equals the upper one, since brackets and tails
  /// hang below it.
  double baselineOf(const Segment& segment) const {
    int bestVotes = 0;
    double best = 0;
    for (const int i : segment.parts) {
      int votes = 0;
      double sum = 0;
      for (const int j : segment.parts) {
        if (std::abs(at(j).bottom - at(i).bottom) > slack()) continue;
        ++votes;
        sum += at(j).bottom;
      }
      const double mean = sum / votes;
      if (votes > bestVotes || (votes == bestVotes && mean < best)) {
        bestVotes = votes;
        best = mean;
      }
    }
    return std::round(best);
  }

  static void grow(Segment& segment, const Component& c) {
    segment.left = std::min(segment.left, c.left);
    segment.top = std::min(segment.top, c.top);
    segment.right = std::max(segment.right, c.right);
    segment.bottom = std::max(segment.bottom, c.bottom);
  }

  /// The letter of a segment (`parts`, from left to right) that a mark stands over or under.
  const Component* letterAt(const std::vector<int>& parts, const Component& mark) const {
    const Component* best = nullptr;
    double nearest = 0.2 * letter_;
    for (const int i : parts) {
      const Component& c = at(i);
      if (c.left > mark.right + nearest) break;
      const double apart = std::max({c.left - mark.centreX(), mark.centreX() - c.right, 0.0});
      if (apart > nearest) continue;
      best = &c;
      nearest = apart;
    }
    return best;
  }

  /// The top of a letter with the circumflex or breve that `mark` stands on, if it does.
  double topUnder(const Component& mark, const Component& letter) const {
    double top = letter.top;
    auto other = std::lower_bound(othersFromLeft_.begin(), othersFromLeft_.end(),
                                  letter.left - 0.2 * letter_,
                                  [&](int i, double left) { return at(i).left < left; });
    for (; other != othersFromLeft_.end() && at(*other).left < letter.right; ++other) {
      const Component& c = at(*other);
      const bool on = c.bottom <= letter.top + 0.2 * letter_ && c.top >= mark.bottom - 1;
      const bool wide = c.width() > 0.35 * letter_ && c.height() < 0.6 * letter_;
      if (on && wide && c.left < mark.right && c.right > mark.left)
        top = std::min<double>(top, c.top);
    }
    return top;
  }

  /// How far a mark is from a line, up or down. Where lines stand close, an acute over a capital is
  /// nearer to the line above than to its own: what counts is the letter it stands over, and that
  /// nothing hangs below a letter but dots and commas.
  double upDown(const Component& mark, const Segment& segment,
                const std::vector<int>& parts) const {
    const double y = mark.centreY();
    const bool above = y<segment.bandTop(), below = mark.top> segment.base;
    if (!above && !below) return std::max(y - segment.base, 0.0);
    const Component* letter = letterAt(parts, mark);
    if (above) {
      const double band = segment.bandTop() - y;
      if (letter == nullptr) return band + 0.3 * letter_;
      return std::min(band, std::max(topUnder(mark, *letter) - mark.bottom, 0.0));
    }
    const double wide = mark.width(), high = mark.height();
    // Dots fill 0.67 and more of their box, acutes and hooks 0.57 and 0.66 at most.
    const bool dot = wide < 0.45 * letter_ && high < 0.45 * letter_ && wide < 1.7 * high &&
                     high < 1.7 * wide && mark.area > 0.6 * wide * high;
    const double gap = mark.top - segment.base;
    if (!dot) return gap + (high > 1.2 * wide && gap < 0.15 * letter_ ? 0.0 : 0.3) * letter_;
    return gap + (letter == nullptr ? 0.3 * letter_ : 0.0);
  }

  void attachMarks() {
    std::vector<std::vector<int>> added(segments_.size()), chained;
    for (const Segment& segment : segments_) {
      chained.push_back(segment.parts);
      std::sort(chained.back().begin(), chained.back().end(),
                [&](int a, int b) { return at(a).left < at(b).left; });
    }
    for (const int i : others_) {
      const Component& c = at(i);
      if (c.height() > 1.2 * letter_ || c.width() > 4 * letter_ || c.area < 3) continue;
      double bestDistance = 1e9;
      std::size_t best = 0;
      for (std::size_t s = 0; s < segments_.size(); ++s) {
        const Segment& segment = segments_[s];
        const double y = c.centreY();
        if (y < segment.base - 2.3 * segment.letter || y > segment.base + 0.9 * segment.letter)
          continue;
        const double sideways = std::max({segment.left - c.right, c.left - segment.right, 0});
        if (sideways > 1.3 * letter_) continue;
        // Specks farther off belong to no line, whatever letter they stand over.
        const double plain = std::max({segment.bandTop() - y, y - segment.base, 0.0});
        if (plain + 0.5 * sideways >= 1.5 * letter_) continue;
        const double distance = upDown(c, segment, chained[s]) + 0.5 * sideways;
        if (distance < bestDistance) {
          bestDistance = distance;
          best = s;
        }
      }
      if (bestDistance < 1.5 * letter_) added[best].push_back(i);
    }
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      for (const int i : added[s]) {
        segments_[s].parts.push_back(i);
        grow(segments_[s], at(i));
      }
      std::sort(segments_[s].parts.begin(), segments_[s].parts.end(),
                [&](int a, int b) { return at(a).left < at(b).left; });
    }
  }

  const std::vector<Component>& all_;
  const std::vector<Rule>& rules_;
  int letter_;
  std::vector<int> parent_, letters_, others_, othersFromLeft_;
  std::vector<Segment> segments_;
};

}  // namespace

std::vector<Segment> findSegments(const Components& components, const std::vector<Rule>& rules,
                                  int letter) {
  return Chainer(components, rules, letter).run();
}

}  // namespace sohoa
