package io.camaudit.stats;

import io.camaudit.report.Attention;
import io.camaudit.report.RegionFit;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A number of an explanation that has a mean in every class, and its histogram's bins if any. */
public enum Quantity {
  ENTROPY("entropy", Bins.SHARES, Attention::entropy, null),
  GINI("gini", Bins.NONE, Attention::gini, null),
  EFFECTIVE_AREA("effectiveArea", Bins.SHARES, Attention::effectiveArea, null),
  CENTRE_X("centreX", Bins.NONE, Attention::centreX, null),
  CENTRE_Y("centreY", Bins.NONE, Attention::centreY, null),
  DISPERSION("dispersion", Bins.SHARES, Attention::dispersion, null),
  BORDER_SHARE("borderShare", Bins.NONE, Attention::borderShare, null),
  BORDER_LIFT("borderLift", Bins.LIFTS, Attention::borderLift, null),
  CORNER_SHARE("cornerShare", Bins.NONE, Attention::cornerShare, null),
  CORNER_LIFT("cornerLift", Bins.LIFTS, Attention::cornerLift, null),
  PEAK_X("peakX", Bins.NONE, Attention::peakX, null),
  PEAK_Y("peakY", Bins.NONE, Attention::peakY, null),
  AREA_SHARE("areaShare", Bins.NONE, null, RegionFit::areaShare),
  ENERGY_SHARE("energyShare", Bins.SHARES, null, RegionFit::energyShare),
  LIFT("lift", Bins.LIFTS, null, RegionFit::lift),
  RANK_ACCURACY("rankAccuracy", Bins.SHARES, null, RegionFit::rankAccuracy),
  IOU("iou", Bins.SHARES, null, RegionFit::iou);

  public static final List<Quantity> ALL = List.of(values());

  private final String field;
  private final Bins bins;
  private final ToDoubleFunction<Attention> ofMap;
  private final ToDoubleFunction<RegionFit> ofRegion;

  Quantity(
      String field,
      Bins bins,
      ToDoubleFunction<Attention> ofMap,
      ToDoubleFunction<RegionFit> ofRegion) {
    this.field = field;
    this.bins = bins;
    this.ofMap = ofMap;
    this.ofRegion = ofRegion;
  }

  /** The name of the record's component. */
  public String field() {
    return field;
  }

  Bins bins() {
    return bins;
  }

  /** The value; NaN if its record is null or the value is not finite. */
  public double of(Attention attention, RegionFit region) {
    double value = Double.NaN;
    if (ofMap != null && attention != null) {
      value = ofMap.applyAsDouble(attention);
    } else if (ofRegion != null && region != null) {
      value = ofRegion.applyAsDouble(region);
    }
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
