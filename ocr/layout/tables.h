#pragma once

#include <vector>

#include "ocr/layout/layout.h"

namespace sohoa {

/// A ruled grid: `rows` are the y of its horizontal rules, `columns` its vertical rules.
struct Table {
  int left = 0, top = 0, right = 0, bottom = 0;
  std::vector<int> rows;
  std::vector<Rule> columns;
};

std::vector<Table> findTables(const std::vector<Rule>& rules, int letter);

/// Segments of each cell, along the rows; empty cells are left out.
std::vector<std::vector<Segment>> cellsInOrder(const Table& table, std::vector<Segment> segments);

}  // namespace sohoa
