#include "ocr/layout/components.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace sohoa {
namespace {

int rootOf(std::vector<int>& parent, int i) {
  while (parent[static_cast<std::size_t>(i)] != i) {
    auto& up = parent[static_cast<std::size_t>(i)];
    up = parent[static_cast<std::size_t>(up)];
    i = up;
  }
  return i;
}

void unite(std::vector<int>& parent, int a, int b) {
  a = rootOf(parent, a);
  b = rootOf(parent, b);
  if (a != b) parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
}

}  // namespace

std::vector<Run> inkRuns(const CleanPage& page) {
  std::vector<Run> runs;
  runs.reserve(200000);
  const int width = page.grey.width;
  const int threshold = page.threshold;
  constexpr std::uint64_t kPaper = ~std::uint64_t{0};
  for (int y = 0; y < page.grey.height; ++y) {
    const std::uint8_t* row = page.grey.row(y);
    int x = 0;
    while (x < width) {
      // Paper was stretched to 255: eight white pixels are one comparison.
      while (x + 8 <= width) {
        std::uint64_t eight;
        std::memcpy(&eight, row + x, 8);
        if (eight != kPaper) break;
        x += 8;
      }
      while (x < width && row[x] >= threshold) {
        ++x;
        if (x % 8 == 0) break;
      }
      if (x >= width || row[x] >= threshold) continue;
      const int start = x;
      while (x < width && row[x] < threshold) ++x;
      runs.push_back({y, start, x});
    }
  }
  return runs;
}

Components connect(const std::vector<Run>& runs) {
  std::vector<int> parent(runs.size());
  std::iota(parent.begin(), parent.end(), 0);
  std::size_t previous = 0, rowStart = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i > 0 && runs[i].y != runs[i - 1].y) {
      previous = runs[i].y == runs[i - 1].y + 1 ? rowStart : i;
      rowStart = i;
    }
    if (i == 0) continue;
    if (previous >= rowStart) continue;
    while (previous < rowStart && runs[previous].x1 < runs[i].x0) ++previous;
    for (std::size_t p = previous; p < rowStart && runs[p].x0 <= runs[i].x1; ++p) {
      unite(parent, static_cast<int>(p), static_cast<int>(i));
    }
  }
  Components out;
  std::vector<int> label(runs.size(), -1);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto root = static_cast<std::size_t>(rootOf(parent, static_cast<int>(i)));
    if (label[root] < 0) {
      label[root] = static_cast<int>(out.all.size());
      out.all.push_back({runs[i].x0, runs[i].y, runs[i].x1, runs[i].y + 1, 0, 0, 0});
    }
    label[i] = label[root];
    Component& component = out.all[static_cast<std::size_t>(label[i])];
    component.left = std::min(component.left, runs[i].x0);
    component.right = std::max(component.right, runs[i].x1);
    component.bottom = runs[i].y + 1;
    component.area += runs[i].length();
    ++component.runs;
  }
  int next = 0;
  for (Component& component : out.all) {
    component.firstRun = next;
    next += component.runs;
  }
  std::vector<int> fill(out.all.size(), 0);
  out.runs.resize(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto l = static_cast<std::size_t>(label[i]);
    out.runs[static_cast<std::size_t>(out.all[l].firstRun + fill[l]++)] = runs[i];
  }
  return out;
}

int usualLetterHeight(const Components& components) {
  std::vector<int> heights;
  for (const Component& c : components.all) {
    if (c.height() >= 10 && c.height() <= 80 && c.width() >= 3 && c.width() <= 120 &&
        c.area * 8 >= c.width() * c.height()) {
      heights.push_back(c.height());
    }
  }
  if (heights.empty()) return 0;
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

namespace {

/// Pieces of rules that lie on one line are one rule: noise and crossings cut them.
void joinRules(std::vector<Rule>& rules, int gap) {
  bool again = true;
  while (again) {
    again = false;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      for (std::size_t j = i + 1; j < rules.size(); ++j) {
        Rule& a = rules[i];
        const Rule& b = rules[j];
        if (a.horizontal != b.horizontal) continue;
        const int across = a.horizontal ? std::max(a.top, b.top) - std::min(a.bottom, b.bottom)
                                        : std::max(a.left, b.left) - std::min(a.right, b.right);
        const int along = a.horizontal ? std::max(a.left, b.left) - std::min(a.right, b.right)
                                       : std::max(a.top, b.top) - std::min(a.bottom, b.bottom);
        if (across > 2 || along > gap) continue;
        a.left = std::min(a.left, b.left);
        a.top = std::min(a.top, b.top);
        a.right = std::max(a.right, b.right);
        a.bottom = std::max(a.bottom, b.bottom);
        rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(j));
        again = true;
        break;
      }
      if (again) break;
    }
  }
}

/// Ink of one component as a bitmap of its box.
struct Patch {
  int left, top, width, height;
  std::vector<std::uint8_t> ink;
  Patch(const Components& components, const Component& c)
      : left(c.left),
        top(c.top),
        width(c.width()),
        height(c.height()),
        ink(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {
    for (int i = 0; i < c.runs; ++i) {
      const Run& run = components.runs[static_cast<std::size_t>(c.firstRun + i)];
      for (int x = run.x0; x < run.x1; ++x) at(x - left, run.y - top) = 1;
    }
  }
  std::uint8_t& at(int x, int y) {
    return ink[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
               static_cast<std::size_t>(x)];
  }
};

}  // namespace

std::vector<Rule> takeRules(Components& components, int letter) {
  const int shortest = std::max(letter * 3, 50);
  std::vector<Rule> rules;
  std::vector<Run> kept;
  bool changed = false;
  for (const Component& c : components.all) {
    if (c.width() < 2 * shortest && c.height() < 2 * shortest) continue;
    Patch patch(components, c);
    bool found = false;
    // 2 marks a rule's pixel.
    for (int y = 0; y < patch.height; ++y) {
      for (int x = 0; x < patch.width;) {
        if (patch.at(x, y) == 0) {
          ++x;
          continue;
        }
        int end = x;
        while (end < patch.width && patch.at(end, y) != 0) ++end;
        if (end - x >= shortest) {
          for (int i = x; i < end; ++i) patch.at(i, y) = 2;
          rules.push_back({c.left + x, c.top + y, c.left + end, c.top + y + 1, true});
          found = true;
        }
        x = end;
      }
    }
    for (int x = 0; x < patch.width; ++x) {
      for (int y = 0; y < patch.height;) {
        if (patch.at(x, y) == 0) {
          ++y;
          continue;
        }
        int end = y;
        while (end < patch.height && patch.at(x, end) != 0) ++end;
        if (end - y >= shortest) {
          for (int i = y; i < end; ++i) patch.at(x, i) = 2;
          rules.push_back({c.left + x, c.top + y, c.left + x + 1, c.top + end, false});
          found = true;
        }
        y = end;
      }
    }
    if (!found) continue;
    changed = true;
    // What is left of the component beside its rules; slivers along a rule are its rough edge.
    for (int y = 0; y < patch.height; ++y) {
      for (int x = 0; x < patch.width;) {
        if (patch.at(x, y) != 1) {
          ++x;
          continue;
        }
        int end = x;
        while (end < patch.width && patch.at(end, y) == 1) ++end;
        kept.push_back({c.top + y, c.left + x, c.left + end});
        x = end;
      }
    }
    const_cast<Component&>(c).area = -1;
  }
  if (!changed) return rules;
  for (const Component& c : components.all) {
    if (c.area < 0) continue;
    for (int i = 0; i < c.runs; ++i) {
      kept.push_back(components.runs[static_cast<std::size_t>(c.firstRun + i)]);
    }
  }
  std::sort(kept.begin(), kept.end(),
            [](const Run& a, const Run& b) { return a.y != b.y ? a.y < b.y : a.x0 < b.x0; });
  components = connect(kept);
  joinRules(rules, letter);
  // A rule is thin; a thick bar is a border or a redaction and stays out of the grid.
  std::erase_if(rules, [&](const Rule& r) {
    return (r.horizontal ? r.bottom - r.top : r.right - r.left) > std::max(letter, 14);
  });
  // Rough edges of rules.
  std::erase_if(components.all, [&](const Component& c) {
    return std::any_of(rules.begin(), rules.end(), [&](const Rule& r) {
      constexpr int kNear = 5, kThin = 6;
      return r.horizontal
                 ? c.top >= r.top - kNear && c.bottom <= r.bottom + kNear &&
                       c.left >= r.left - kNear && c.right <= r.right + kNear && c.height() <= kThin
                 : c.left >= r.left - kNear && c.right <= r.right + kNear &&
                       c.top >= r.top - kNear && c.bottom <= r.bottom + kNear && c.width() <= kThin;
    });
  });
  return rules;
}

}  // namespace sohoa
