#include "ocr/layout/tables.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace sohoa {
namespace {

bool touch(const Rule& a, const Rule& b, int slack) {
  return a.left - slack <= b.right && b.left - slack <= a.right && a.top - slack <= b.bottom &&
         b.top - slack <= a.bottom;
}

/// Values nearer than `slack` are one.
std::vector<int> merged(std::vector<int> values, int slack) {
  std::sort(values.begin(), values.end());
  std::vector<int> out;
  for (const int v : values) {
    if (out.empty() || v - out.back() > slack) out.push_back(v);
  }
  return out;
}

}  // namespace

std::vector<Table> findTables(const std::vector<Rule>& rules, int letter) {
  const int slack = std::max(letter / 3, 6);
  std::vector<std::size_t> group(rules.size());
  std::iota(group.begin(), group.end(), 0);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    for (std::size_t j = i + 1; j < rules.size(); ++j) {
      if (rules[i].horizontal == rules[j].horizontal || !touch(rules[i], rules[j], slack)) continue;
      const std::size_t from = group[j], to = group[i];
      for (std::size_t& g : group) {
        if (g == from) g = to;
      }
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < rules.size(); ++i) groups[group[i]].push_back(i);
  std::vector<Table> tables;
  for (const auto& [key, members] : groups) {
    Table table;
    table.left = table.top = 1 << 30;
    std::vector<int> rows;
    for (const std::size_t i : members) {
      const Rule& r = rules[i];
      table.left = std::min(table.left, r.left);
      table.top = std::min(table.top, r.top);
      table.right = std::max(table.right, r.right);
      table.bottom = std::max(table.bottom, r.bottom);
      if (r.horizontal) {
        rows.push_back((r.top + r.bottom) / 2);
      } else {
        table.columns.push_back(r);
      }
    }
    table.rows = merged(std::move(rows), letter / 2);
    if (table.rows.size() < 2 || table.columns.size() < 2) continue;
    tables.push_back(std::move(table));
  }
  return tables;
}

std::vector<std::vector<Segment>> cellsInOrder(const Table& table, std::vector<Segment> segments) {
  std::map<std::pair<int, int>, std::vector<Segment>> cells;
  for (Segment& s : segments) {
    const double y = s.base - s.letter / 2, x = s.centreX();
    const auto below = std::upper_bound(table.rows.begin(), table.rows.end(), y);
    const int row = static_cast<int>(below - table.rows.begin());
    const double rowTop = below == table.rows.begin() ? table.top : *(below - 1);
    const double rowBottom = below == table.rows.end() ? table.bottom : *below;
    int column = 0;
    for (const Rule& rule : table.columns) {
      const double shared =
          std::min<double>(rule.bottom, rowBottom) - std::max<double>(rule.top, rowTop);
      if ((rule.left + rule.right) / 2.0 < x && shared > 0.5 * (rowBottom - rowTop)) {
        column = std::max(column, rule.left);
      }
    }
    cells[{row, column}].push_back(std::move(s));
  }
  std::vector<std::vector<Segment>> ordered;
  for (auto& [key, cell] : cells) ordered.push_back(std::move(cell));
  return ordered;
}

}  // namespace sohoa
