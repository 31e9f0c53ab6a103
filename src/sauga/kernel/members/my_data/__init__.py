"""“My data”: what a member can see and take away of everything that is kept about them."""
