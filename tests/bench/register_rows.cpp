// register_rows N [SEED [CHANGED]]: a register of N rows on standard output as a one-stop system
// exports it, for tests/bench/register_import.sh. CHANGED: every so many rows has another unit.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <random>
#include <vector>

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const int count = std::atoi(argv[1]);
  const unsigned seed = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 1;
  const int changed = argc > 3 ? std::atoi(argv[3]) : 0;
  static constexpr std::array kUnits = {"Văn phòng Đăng ký đất đai", "Chi cục Bảo vệ môi trường",
                                        "Phòng Tài nguyên nước",     "Phòng Quản lý đất đai",
                                        "Phòng Khoáng sản",          "Chi cục Biển và Hải đảo"};
  static constexpr std::array kProcedures = {
      "Cấp giấy phép khai thác, sử dụng nước dưới đất",
      "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
      "Thẩm định báo cáo đánh giá tác động môi trường"};
  static constexpr std::array kNames = {"Nguyễn Thị Hòa", "Trần Văn Bình", "Lê Quang Đạo",
                                        "Phạm Thị Ngọc Ánh"};
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), std::mt19937(seed));
  fmt::print(
      "Mã hồ sơ,Mã thủ tục,Tên thủ tục,Đơn vị,Ngày tiếp nhận,Ngày trả kết quả,Hình thức,Người nộp,"
      "Số ký hiệu,Ngày kết quả,Lý do không số hóa\n");
  for (const int n : order) {
    const auto u = static_cast<std::size_t>(n);
    const int day = n / 1000, month = 1 + day / 28 % 12, year = 18 + day / 336;
    const bool moved = changed > 0 && n % changed == 0;
    fmt::print(
        "000.00.{:02}.H46-{:02}{:02}{:02}-{:04},1.{:06},\"{}\",{}{},{:02}/{:02}/20{:02},{:02}/"
        "{:02}/20{:02},"
        "{},{},{}/QĐ-STNMT,,{}\n",
        12 + n % 3, year, month, 1 + day % 28, n % 1000 + 1000 * (n % 3), 4000 + n % 40,
        kProcedures[u % kProcedures.size()], kUnits[u % kUnits.size()], moved ? " (mới)" : "",
        1 + day % 28, month, year, 1 + (day + 9) % 28, month, year,
        n % 5 == 0 ? "Trực tuyến" : "Trực tiếp", kNames[u % kNames.size()], n,
        n % 50 == 0 ? "Bản sao" : "");
  }
}
