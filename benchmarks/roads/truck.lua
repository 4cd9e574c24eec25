-- A collection truck of 18 t, as far as OSRM's own car profile can be told.
api_version = 4

local car = require('car')

local function setup()
  local profile = car.setup()
  profile.vehicle_height = 3.6
  profile.vehicle_width = 2.55
  profile.vehicle_length = 9.5
  profile.vehicle_weight = 18000
  profile.vehicle_max_speed = 80
  profile.access_tags_hierarchy = Sequence { 'hgv', 'motor_vehicle', 'vehicle', 'access' }
  profile.restrictions = Sequence { 'hgv', 'motor_vehicle', 'vehicle' }
  profile.turn_penalty = 12
  profile.properties.u_turn_penalty = 60
  profile.properties.weight_name = 'duration'
  profile.speeds = Sequence {
    highway = {
      motorway = 80, motorway_link = 45, trunk = 75, trunk_link = 40,
      primary = 55, primary_link = 30, secondary = 45, secondary_link = 25,
      tertiary = 38, tertiary_link = 20, unclassified = 28, residential = 22,
      road = 20, service = 10, living_street = 8
    }
  }
  return profile
end

return {
  setup = setup,
  process_way = car.process_way,
  process_node = car.process_node,
  process_turn = car.process_turn
}
