using CalCities.Collab.Kernel;

namespace CalCities.Collab.Bills;

[Alias("bills.IBillGrain")]
public interface IBillGrain : IEventSourcedGrain<BillCommand, BillEvent>;

[GrainType("bill")]
internal sealed class BillGrain(GrainLog log, TimeProvider clock)
    : EventSourcedGrain<BillDecider, BillView, BillCommand, BillEvent>(log, clock), IBillGrain;
